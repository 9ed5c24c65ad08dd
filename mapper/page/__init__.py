"""One HTML file out of incident tables: payload, folium elements, inlined assets, content security policy."""
