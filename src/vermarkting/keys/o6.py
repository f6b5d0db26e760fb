"""What a map must do in opdracht O6: no secret, the student sees the same demands."""

from vermarkting.cases.o6 import demands_on_map

RIGHT = {}
DESIGNS = {"kaart": demands_on_map}
