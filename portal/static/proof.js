// While very much comes at once: a small sum, done in the background while somebody writes. Without it the matter is taken just the same.

const SLICE = 12; // milliseconds, so that typing stays smooth

const K = [];
const START = [];
for (let n = 2, found = 0; found < 64; n += 1) {
  let prime = true;
  for (let d = 2; d * d <= n; d += 1) if (n % d === 0) prime = false;
  if (!prime) continue;
  if (found < 8) START.push((Math.sqrt(n) * 4294967296) | 0);
  K.push((Math.cbrt(n) * 4294967296) | 0);
  found += 1;
}

// Only whether SHA-256 of an ASCII text begins with so many zero bits (at most 32): its first word is enough.
const firstWord = (text) => {
  const length = text.length;
  const words = new Int32Array((((length + 8) >> 6) + 1) * 16);
  for (let i = 0; i < length; i += 1) words[i >> 2] |= text.charCodeAt(i) << (24 - (i % 4) * 8);
  words[length >> 2] |= 0x80 << (24 - (length % 4) * 8);
  words[words.length - 1] = length * 8;
  const hash = START.slice();
  const w = new Int32Array(64);
  for (let block = 0; block < words.length; block += 16) {
    let [a, b, c, d, e, f, g, h] = hash;
    for (let i = 0; i < 64; i += 1) {
      if (i < 16) w[i] = words[block + i];
      else {
        const x = w[i - 15];
        const y = w[i - 2];
        const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
        const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
        w[i] = (w[i - 16] + s0 + w[i - 7] + s1) | 0;
      }
      const e1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
      const t1 = (h + e1 + ((e & f) ^ (~e & g)) + K[i] + w[i]) | 0;
      const a0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
      const t2 = (a0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      h = g; g = f; f = e; e = (d + t1) | 0; d = c; c = b; b = a; a = (t1 + t2) | 0;
    }
    [a, b, c, d, e, f, g, h].forEach((value, i) => { hash[i] = (hash[i] + value) | 0; });
  }
  return hash[0];
};

for (const field of document.querySelectorAll("[data-proof]")) {
  const bits = Number(field.dataset.proof);
  const challenge = field.form.elements.form_token.value;
  let number = 0;
  const search = () => {
    const until = performance.now() + SLICE;
    while (performance.now() < until) {
      if (firstWord(`${challenge}:${number}`) >>> (32 - bits) === 0) {
        field.value = String(number);
        return;
      }
      number += 1;
    }
    setTimeout(search);
  };
  search();
}
