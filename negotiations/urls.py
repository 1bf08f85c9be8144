"""Every address of Parley."""

from django.contrib import admin
from django.urls import include, path

from .views import (
    accounts,
    boards,
    changes,
    citing,
    codebook,
    commitments,
    contradictions,
    findings,
    health,
    instruments,
    intakes,
    jumps,
    meetings,
    negotiations,
    originals,
    origins,
    parties,
    people,
    positions,
    priorities,
    questions,
    rechecks,
    saved_views,
    search,
    sources,
    weighing,
)

in_a_negotiation = [
    path("", boards.show, name="board"),
    path("positions/<slug:party>/<int:priority>/", positions.show, name="cell"),
    path("positions/<slug:party>/<int:priority>/edit", positions.edit, name="cell_edit"),
    path("positions/<slug:party>/<int:priority>/evidence", findings.show, name="findings"),
    path("parties/", parties.index, name="parties"),
    path("parties/<slug:party>/", parties.show, name="party"),
    path("priorities/", priorities.index, name="priorities"),
    path("priorities/<int:priority>/", priorities.show, name="priority"),
    path("people/", people.index, name="people"),
    path("people/<slug:person>/", people.show, name="person"),
    path("meetings/", meetings.index, name="meetings"),
    path("meetings/<slug:meeting>/", meetings.show, name="meeting"),
    path("instruments/", instruments.index, name="instruments"),
    path("instruments/<slug:instrument>/", instruments.show, name="instrument"),
    path("commitments/", commitments.index, name="commitments"),
    path("commitments/<slug:commitment>/", commitments.show, name="commitment"),
    path("contradictions/", contradictions.index, name="contradictions"),
    path("contradictions/add", contradictions.add, name="contradiction_add"),
    path("contradictions/<slug:contradiction>/", contradictions.show, name="contradiction"),
    path("questions/", questions.index, name="questions"),
    path("questions/add", questions.add, name="question_add"),
    path("questions/<slug:question>/", questions.show, name="question"),
    path("rechecks/", rechecks.index, name="rechecks"),
    path("rechecks/<slug:party>/<int:priority>/", rechecks.show, name="recheck"),
    path("sources/<slug:source>/quotes/<slug:quote>/decide", rechecks.decide, name="decide"),
    path("sources/", sources.index, name="sources"),
    path("sources/<slug:source>/", sources.show, name="source"),
    path("sources/<slug:source>/cite", citing.cite, name="cite"),
    path("sources/<slug:source>/texts/<int:number>/original", originals.show, name="original"),
    path("take-in/", intakes.take_in, name="take_in"),
    path("take-in/<uuid:token>/", intakes.confirm, name="intake"),
    path("sources/<slug:source>/quotes/<slug:quote>/weigh", weighing.weigh, name="weigh"),
    path("origins/", origins.index, name="origins"),
    path("changes/", changes.index, name="changes"),
    path("changes.atom", changes.feed, name="changes_feed"),
    path("search/", search.show, name="search"),
    path("jump/", jumps.jump, name="jump"),
    path("views/", saved_views.index, name="saved_views"),
]

urlpatterns = [
    path("", negotiations.index, name="index"),
    path("n/<slug:negotiation>/", include(in_a_negotiation)),
    path("codebook/", codebook.show, name="codebook"),
    path("accounts/sign-in/", accounts.sign_in, name="sign_in"),
    path("accounts/sign-out/", accounts.sign_out, name="sign_out"),
    path("accounts/password/", accounts.password_change, name="password_change"),
    path("admin/", admin.site.urls),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
]

handler400 = "negotiations.views.errors.bad_request"
handler403 = "negotiations.views.errors.forbidden"
handler404 = "negotiations.views.errors.not_found"
handler500 = "negotiations.views.errors.server_error"
