from datetime import date

import factory

from maeul.ground.district.models import Boundary, Department, DepartmentName, District, Dong


class DistrictFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = District
        django_get_or_create = ("code",)

    code = "1154500000"
    name = "금천구"


class DongFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Dong
        django_get_or_create = ("code",)

    district = factory.SubFactory(DistrictFactory)
    code = "1154561000"
    name = "독산1동"
    aliases = ["독산제1동"]


class OtherDongFactory(DongFactory):
    code = "1154562000"
    name = "독산2동"
    aliases = ["독산제2동"]


def bounded(dong, ring):
    """The dong ends at this ring of places, the last of which is the first again."""
    geometry = {"type": "Polygon", "coordinates": [ring]}
    Boundary.objects.create(dong=dong, geometry=geometry)
    return dong


def department(name="도로과", code="roads"):
    here, _made = Department.objects.get_or_create(district=DistrictFactory(), code=code)
    DepartmentName.objects.get_or_create(
        department=here, from_on=date(2018, 1, 1), defaults={"name": name}
    )
    return here
