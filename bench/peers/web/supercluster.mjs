// supercluster over the points and views that it is sent, a line of JSON for each question:
// {"points": [[lon, lat], …]} builds, {"views": [[west, south, east, north, zoom], …]} asks; answers are lines, too.
import { createInterface } from "node:readline";
import Supercluster from "supercluster";

let index = null;

function build(points) {
  const features = points.map((coordinates, id) => ({
    type: "Feature",
    properties: { id },
    geometry: { type: "Point", coordinates },
  }));
  const began = performance.now();
  // The radius is that of our cells, in pixels of a world that is 512 px wide at zoom 0, as it reckons.
  index = new Supercluster({ radius: 64, extent: 512, maxZoom: 16 });
  index.load(features);
  return { built_ms: performance.now() - began, memory_mb: process.memoryUsage().rss / 1e6 };
}

function ask(views) {
  const times = [];
  const counts = [];
  for (const [west, south, east, north, zoom] of views) {
    const began = performance.now();
    const found = index.getClusters([west, south, east, north], zoom);
    times.push(performance.now() - began);
    counts.push(found.reduce((sum, { properties }) => sum + (properties.point_count ?? 1), 0));
  }
  return { times, counts };
}

for await (const line of createInterface({ input: process.stdin })) {
  const told = JSON.parse(line);
  process.stdout.write(`${JSON.stringify(told.points ? build(told.points) : ask(told.views))}\n`);
}
