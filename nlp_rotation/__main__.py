"""``python -m nlp_rotation`` is ``nlp-rotation``."""

from nlp_rotation.present.cli import main

main()
