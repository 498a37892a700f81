/** The Leaflet that django-leaflet puts on the page, as the module that our own layers import: one copy, not two. */

const { DomUtil, GridLayer, tileLayer } = window.L;

export { DomUtil, GridLayer, tileLayer };
