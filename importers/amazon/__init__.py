"""Amazon: orders, digital goods, Prime Video, Audible, Kindle."""
