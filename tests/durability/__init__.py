"""Nothing acknowledged is lost: real server processes, real clients, and somebody who kills at any moment."""
