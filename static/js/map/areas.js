// The area in which a place is that does not show its door. It reaches farther than the door can be from the pin.
import * as L from "leaflet";

const METRES = { district: 2500, settlement: 9000 };

export function areaAround(centre, precision) {
  const radius = METRES[precision];
  return radius ? L.circle(centre, { radius, className: "area", interactive: false }) : null;
}
