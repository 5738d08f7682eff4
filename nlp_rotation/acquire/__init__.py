"""Sources become raw documents."""
