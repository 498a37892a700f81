"""A list as djangorestframework-gis makes it for whoever follows its README. Its package is there when this is read."""

from __future__ import annotations

from django.urls import include, path
from rest_framework.permissions import AllowAny
from rest_framework.renderers import JSONRenderer
from rest_framework.routers import SimpleRouter
from rest_framework.viewsets import ReadOnlyModelViewSet
from rest_framework_gis.fields import GeometryField
from rest_framework_gis.filters import InBBoxFilter
from rest_framework_gis.pagination import GeoJsonPagination
from rest_framework_gis.serializers import GeoFeatureModelSerializer

from directory.tables.listings import PublicListing


class ListingSerializer(GeoFeatureModelSerializer):  # type: ignore[misc]  # of a package without types
    """The columns that the flat table of the other peers has."""

    point = GeometryField()  # as its app config would map it

    class Meta:
        model = PublicListing
        geo_field = "point"
        fields = (
            "id", "content", "family", "types", "group_codes", "languages", "country", "city_code", "level",
            "checked_on",
        )  # fmt: skip


class Pages(GeoJsonPagination):  # type: ignore[misc]  # the same
    page_size = 100


class Listings(ReadOnlyModelViewSet):  # type: ignore[type-arg]
    queryset = PublicListing.objects.order_by("id")
    serializer_class = ListingSerializer
    pagination_class = Pages
    filter_backends = [InBBoxFilter]
    bbox_filter_field = "point"
    bbox_filter_include_overlapping = True
    authentication_classes = []
    permission_classes = [AllowAny]
    renderer_classes = [JSONRenderer]


router = SimpleRouter()
router.register("listings", Listings)
urlpatterns = [path("", include(router.urls))]
