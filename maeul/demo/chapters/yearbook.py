"""The record book of the year."""

from maeul.demo.play import chapter
from maeul.public.yearbook import actions as yearbook

FOREWORD = """지난 한 해 우리 동네는 밝아졌습니다. 담장에 등이 달리고,
반찬을 나누는 손이 늘었습니다.

말해 준 사람, 모인 사람, 고르고 일하고 영수증을 붙인 모든 이웃에게 고맙습니다."""


@chapter("12-20", "10:00")
def publish(scene):
    yearbook.publish(
        dong=scene.dong, year=scene.year, foreword=FOREWORD, by=scene.who("secretary"), at=scene.at
    )
