"""The price files that people have on disk, one module for each shape, recognised by what stands in them."""
