// Parts of the world around what is to be seen.

import * as L from "leaflet";

const NEAREST = 5;

export function boundsOf([west, south, east, north]) {
  return L.latLngBounds([south, west], [north, east]);
}

// Around all that a map answer holds; null when it holds nothing.
export function boundsOfAnswer({ clusters, points }) {
  const bounds = L.latLngBounds([]);
  for (const cluster of clusters) bounds.extend(boundsOf(cluster.bbox));
  for (const point of points) bounds.extend([point.lat, point.lon]);
  return bounds.isValid() ? bounds : null;
}

// Around a place and the nearest results within reach, or the one that is nearest.
export function boundsAround(near, results) {
  const placed = results.filter(({ reach }) => reach === "near" || reach === "far");
  const close = placed.filter(({ reach }) => reach === "near").slice(0, NEAREST);
  const bounds = L.latLngBounds([[near.lat, near.lon]]);
  for (const { lat, lon } of close.length ? close : placed.slice(0, 1)) bounds.extend([lat, lon]);
  return bounds;
}
