// The page of the plugin's README: everything is fetched, becomes markers, and is clustered in the browser.
/* global L */
const map = L.map("map", { maxZoom: 18 });

fetch("listings.geojson")
  .then((answer) => answer.json())
  .then((listings) => {
    const markers = L.markerClusterGroup();
    markers.addLayer(
      L.geoJSON(listings, {
        onEachFeature: ({ properties }, marker) => marker.bindPopup(() => document.createTextNode(properties.name)),
      }),
    );
    map.fitBounds(markers.getBounds());
    map.addLayer(markers);
    window.shown = markers.getLayers().length;
  });
