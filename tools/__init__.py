"""What the Makefile runs; the product never imports it."""
