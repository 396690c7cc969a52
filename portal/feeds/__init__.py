"""What programs read to follow the portal: Atom feeds (ฟีด), the sitemap (แผนผังเว็บไซต์) and robots.txt.

May import every room below. Addresses are absolute, from ``PORTAL_BASE_URL``; ids of entries never change, whatever the address.
"""
