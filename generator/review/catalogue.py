"""Every kind of change that a review knows: id, verdict on the wire each way, and why. A leaf of this package.

`NARROWER` and its like are the law behind the verdicts: what senders may send must not shrink (a request may widen),
what receivers may get must not grow (a response may narrow).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias

import msgspec

from generator.review.change import Wire

if TYPE_CHECKING:
    from generator.document.grammar import Side

Verdicts: TypeAlias = tuple[Wire, Wire]

NARROWER: Final[Verdicts] = (Wire.BREAKING, Wire.COMPATIBLE)
"""Fewer values: a request that was fine is refused; an answer surprises nobody."""
WIDER: Final[Verdicts] = (Wire.COMPATIBLE, Wire.BREAKING)
"""More values: a request that was fine still is; an answer may be what no reader expects."""
BREAKS: Final[Verdicts] = (Wire.BREAKING, Wire.BREAKING)
HOLDS: Final[Verdicts] = (Wire.COMPATIBLE, Wire.COMPATIBLE)
SILENT: Final[Verdicts] = (Wire.DOCS, Wire.DOCS)


class ChangeRule(msgspec.Struct, frozen=True):
    """A kind of change. Where it is no question of direction, both verdicts are the same."""

    id: str
    summary: str
    explanation: str
    request: Wire
    response: Wire
    witnessed: bool = False
    """The verdict follows from values that one side takes and the other refuses; the two above are the cautious ones,
    for when none is found."""

    def verdict(self, side: Side | None) -> Wire:
        """What it does on the wire."""
        return self.response if side == "response" else self.request


CHANGES: Final[dict[str, ChangeRule]] = {}


def _rule(id: str, verdicts: Verdicts, summary: str, explanation: str, *, witnessed: bool = False) -> ChangeRule:  # noqa: A002 - the field's word for it
    if id in CHANGES:
        raise ValueError(f"two changes are called {id!r}")
    CHANGES[id] = ChangeRule(id, summary, explanation, *verdicts, witnessed)
    return CHANGES[id]


# -- properties ------------------------------------------------------------------------------------------------------

PROPERTY_ADDED = _rule(
    "property-added",
    HOLDS,
    "an optional property is new",
    "Senders need not send it, and readers skip what they do not know. It breaks readers where answers were closed "
    "(`additionalProperties: false`): they were told that nothing else comes.",
)
REQUIRED_PROPERTY_ADDED = _rule(
    "required-property-added",
    NARROWER,
    "a required property is new",
    "A request without it, which was fine, is refused. An answer brings more than before; that breaks readers where "
    "answers were closed (`additionalProperties: false`).",
)
PROPERTY_REMOVED = _rule(
    "property-removed",
    BREAKS,
    "a property is gone",
    "A request that has it is refused or, where other members are allowed, taken without regard to what it meant. A "
    "reader of answers waits for it in vain, or meets anything under its name.",
)
PROPERTY_BECAME_REQUIRED = _rule(
    "property-became-required",
    NARROWER,
    "an optional property is required now",
    "A request without it, which was fine, is refused. An answer promises more than before.",
)
PROPERTY_BECAME_OPTIONAL = _rule(
    "property-became-optional",
    WIDER,
    "a required property is optional now",
    "A request may leave it out. A reader who counts on it fails on an answer without it.",
)
PROPERTY_BECAME_READ_ONLY = _rule(
    "property-became-read-only",
    (Wire.BREAKING, Wire.COMPATIBLE),
    "a property may no longer be sent (`readOnly`)",
    "A request that has it, which was fine, is refused. Answers keep it. Taking `readOnly` away shows as "
    "`property-added` in requests.",
)
PROPERTY_BECAME_WRITE_ONLY = _rule(
    "property-became-write-only",
    (Wire.COMPATIBLE, Wire.BREAKING),
    "a property is no longer in answers (`writeOnly`)",
    "A reader of answers waits for it in vain. Requests keep it. Taking `writeOnly` away shows as `property-added` "
    "in answers.",
)
ADDITIONAL_PROPERTIES_TIGHTENED = _rule(
    "additional-properties-tightened",
    NARROWER,
    "members that are not declared are refused or restricted (`additionalProperties`, `unevaluatedProperties`)",
    "A request with such a member, which was fine, is refused.",
)
ADDITIONAL_PROPERTIES_LOOSENED = _rule(
    "additional-properties-loosened",
    WIDER,
    "members that are not declared are allowed or less restricted (`additionalProperties`, `unevaluatedProperties`)",
    "An answer may bring members that a strict reader does not expect.",
)
PATTERN_PROPERTY_ADDED = _rule(
    "pattern-property-added",
    WIDER,
    "members whose names match a pattern are allowed, where they were refused (`patternProperties`)",
    "An answer may bring members that a strict reader does not expect. Where such members were free before, the "
    "change is `pattern-property-tightened`.",
)
PATTERN_PROPERTY_REMOVED = _rule(
    "pattern-property-removed",
    NARROWER,
    "members whose names match a pattern are no longer allowed (`patternProperties`)",
    "A request with such a member, which was fine, is refused.",
)
PATTERN_PROPERTY_TIGHTENED = _rule(
    "pattern-property-tightened",
    NARROWER,
    "members whose names match a pattern were free, and have a schema now (`patternProperties`)",
    "A request with such a member of another form, which was fine, is refused.",
)
PATTERN_PROPERTY_LOOSENED = _rule(
    "pattern-property-loosened",
    WIDER,
    "members whose names match a pattern had a schema, and are free now (`patternProperties`)",
    "An answer may bring values under these names that readers cannot take in.",
)

# -- types and values ------------------------------------------------------------------------------------------------

TYPE_NARROWED = _rule(
    "type-narrowed",
    NARROWER,
    "fewer JSON types are allowed",
    "A request with a value of a type that is gone, which was fine, is refused. `null` is a type too.",
)
TYPE_WIDENED = _rule(
    "type-widened",
    WIDER,
    "more JSON types are allowed",
    "An answer may bring a value of a type that readers have no code for. `null` is a type too.",
)
TYPE_CHANGED = _rule(
    "type-changed",
    BREAKS,
    "other JSON types are allowed, and some of the old ones are not",
    "What was sent is refused, and what is answered cannot be read as before.",
)
ENUM_VALUE_REMOVED = _rule(
    "enum-value-removed",
    NARROWER,
    "a value of an enumeration is gone",
    "A request with it, which was fine, is refused. Answers no longer have it.",
)
ENUM_VALUE_ADDED = _rule(
    "enum-value-added",
    WIDER,
    "an enumeration has a new value",
    "A reader who knows only the old values can fail on it in an answer. A client that keeps unknown values is not "
    "broken: then the verdict for Python is milder.",
)
ENUM_ADDED = _rule(
    "enum-added",
    NARROWER,
    "any value was allowed, and now only listed ones are",
    "A request with any other value, which was fine, is refused.",
)
ENUM_REMOVED = _rule(
    "enum-removed",
    WIDER,
    "only listed values were allowed, and now any value is",
    "An answer may bring a value that no reader knows.",
)
KNOWN_VALUE_ADDED = _rule(
    "known-value-added",
    HOLDS,
    "an open enumeration names one more value",
    "Values beside the named ones were allowed before, so readers are ready for it.",
)
KNOWN_VALUE_REMOVED = _rule(
    "known-value-removed",
    HOLDS,
    "an open enumeration names one value less",
    "Values beside the named ones are allowed, so this one still is.",
)
CONST_CHANGED = _rule(
    "const-changed",
    BREAKS,
    "the only allowed value is another",
    "What was sent is refused, and an answer does not have the value that readers compare with.",
)
EXCLUDED_VALUE_ADDED = _rule(
    "excluded-value-added",
    NARROWER,
    "a value is excluded (`not`)",
    "A request with it, which was fine, is refused.",
)
EXCLUDED_VALUE_REMOVED = _rule(
    "excluded-value-removed",
    WIDER,
    "a value is no longer excluded (`not`)",
    "An answer may bring it, though readers were told that it does not come.",
)


def _bound(word: str, limit: str, beyond: str, *, upper: bool, note: str = "") -> tuple[ChangeRule, ChangeRule]:
    """The two rules of a bound: its raising and its lowering. No bound at all counts as the loosest.

    `beyond` is what the limit keeps out: a longer string, fewer elements.
    """
    refused = f"A request with {beyond}, which was fine, is refused.{note}"
    answered = f"An answer may bring {beyond} than readers {'have room for' if upper else 'count on'}.{note}"
    raised = _rule(
        f"{word}-raised",
        WIDER if upper else NARROWER,
        f"{limit} is higher, or {'gone' if upper else 'new'}",
        answered if upper else refused,
    )
    lowered = _rule(
        f"{word}-lowered",
        NARROWER if upper else WIDER,
        f"{limit} is lower, or {'new' if upper else 'gone'}",
        refused if upper else answered,
    )
    return raised, lowered


MAX_LENGTH_RAISED, MAX_LENGTH_LOWERED = _bound(
    "max-length", "the maximum length of a string", "a longer string", upper=True
)
MIN_LENGTH_RAISED, MIN_LENGTH_LOWERED = _bound(
    "min-length", "the minimum length of a string", "a shorter string", upper=False
)
MAX_ITEMS_RAISED, MAX_ITEMS_LOWERED = _bound(
    "max-items", "the maximum number of elements of an array", "more elements", upper=True
)
MIN_ITEMS_RAISED, MIN_ITEMS_LOWERED = _bound(
    "min-items", "the minimum number of elements of an array", "fewer elements", upper=False
)
MAXIMUM_RAISED, MAXIMUM_LOWERED = _bound(
    "maximum",
    "the upper limit of a number",
    "a larger number",
    upper=True,
    note=" `maximum` and `exclusiveMaximum` are compared as one limit.",
)
MINIMUM_RAISED, MINIMUM_LOWERED = _bound(
    "minimum",
    "the lower limit of a number",
    "a smaller number",
    upper=False,
    note=" `minimum` and `exclusiveMinimum` are compared as one limit.",
)
MAX_PROPERTIES_RAISED, MAX_PROPERTIES_LOWERED = _bound(
    "max-properties", "the maximum number of members of an object", "more members", upper=True
)
MIN_PROPERTIES_RAISED, MIN_PROPERTIES_LOWERED = _bound(
    "min-properties", "the minimum number of members of an object", "fewer members", upper=False
)

PATTERN_CHANGED = _rule(
    "pattern-changed",
    BREAKS,
    "a string has to match another regular expression",
    "Most regular expressions are compared as the sets of strings that they match, together with all else that is said "
    "of the string; equal sets are no change. Of the others, strings are made that match one or the other, and both "
    "sides are asked whether they allow them. It breaks a request if a string was allowed and no longer is, and an "
    "answer if one was not allowed and now is. Where no such string is found among those that were tried, it counts "
    "as compatible.",
    witnessed=True,
)
PATTERN_ADDED = _rule(
    "pattern-added",
    NARROWER,
    "a string has to match a regular expression, or one more",
    "A request with a string that does not match, which was fine, is refused.",
)
PATTERN_REMOVED = _rule(
    "pattern-removed",
    WIDER,
    "a string no longer has to match a regular expression",
    "An answer may bring a string that readers cannot take apart.",
)
FORMAT_CHANGED = _rule(
    "format-changed",
    BREAKS,
    "a value has another format",
    "A format is a promise about the text or the size of a value: `date` is read in another way than `date-time`. "
    "Formats are compared by name, and another one counts as a break, but where one is known to hold the other: "
    "`int64` holds `int32`, and `double` holds `float`. Then a request that widens and an answer that "
    "narrows are compatible.",
)
FORMAT_ADDED = _rule(
    "format-added",
    NARROWER,
    "a value has a format, where it had none",
    "A request with a value of another form, which was fine, is refused.",
)
FORMAT_REMOVED = _rule(
    "format-removed",
    WIDER,
    "a value no longer has a format",
    "An answer may bring a value that readers cannot parse.",
)
MULTIPLE_OF_TIGHTENED = _rule(
    "multiple-of-tightened",
    NARROWER,
    "numbers have to be coarser (`multipleOf`)",
    "A request with a finer number, which was fine, is refused.",
)
MULTIPLE_OF_LOOSENED = _rule(
    "multiple-of-loosened",
    WIDER,
    "numbers may be finer (`multipleOf`)",
    "An answer may bring more digits than readers have room for.",
)
MULTIPLE_OF_CHANGED = _rule(
    "multiple-of-changed",
    BREAKS,
    "numbers have to be multiples of something else (`multipleOf`)",
    "Some numbers that were fine are refused, and some that were refused are fine.",
)
UNIQUE_ITEMS_ADDED = _rule(
    "unique-items-added",
    NARROWER,
    "elements of an array have to differ (`uniqueItems`)",
    "A request with an element that stands twice, which was fine, is refused.",
)
UNIQUE_ITEMS_REMOVED = _rule(
    "unique-items-removed",
    WIDER,
    "elements of an array no longer have to differ (`uniqueItems`)",
    "An answer may bring an element twice.",
)
DEFAULT_CHANGED = _rule(
    "default-changed",
    (Wire.BREAKING, Wire.DOCS),
    "leaving a value out means something else (`default`)",
    "A request that leaves it out is understood in another way than before, though its sender changed nothing.",
)
DEFAULT_ADDED = _rule(
    "default-added",
    (Wire.COMPATIBLE, Wire.DOCS),
    "it is now said what leaving a value out means (`default`)",
    "Nothing was promised before, so no promise is broken.",
)
DEFAULT_REMOVED = _rule(
    "default-removed",
    (Wire.BREAKING, Wire.DOCS),
    "it is no longer said what leaving a value out means (`default`)",
    "A request that leaves it out can no longer count on what that meant.",
)
CONTENT_CODING_CHANGED = _rule(
    "content-coding-changed",
    BREAKS,
    "a string is encoded in another way, or holds something else (`contentEncoding`, `contentMediaType`, "
    "`contentSchema`)",
    "The text of the string is made and read in another way.",
)

# -- rules between fields, alternatives ------------------------------------------------------------------------------

CONDITION_ADDED = _rule(
    "condition-added",
    NARROWER,
    "a rule is new: between fields, or on a value where no other kind of change fits",
    "Rules between fields are `required` in `anyOf`, `oneOf` or `not`, `dependentRequired`, `dependentSchemas` and "
    "`if`; rules on a value are, for one, `contains` and `propertyNames`. A request that breaks the rule, which was "
    "fine, is refused. It is compatible where no request of before can break it: the old rules demanded as much, or "
    "it matters only where a property is given that is new.",
)
CONDITION_DROPPED = _rule(
    "condition-dropped",
    WIDER,
    "a rule is gone: between fields, or on a value where no other kind of change fits",
    "An answer may bring a combination that readers were told does not come. It is compatible where no answer can: "
    "the rules that stay demand as much, or the rule mattered only where a property was given that is gone.",
)
ALTERNATIVE_ADDED = _rule(
    "alternative-added",
    WIDER,
    "a value may have one more form (`oneOf`, `anyOf`)",
    "An answer may come in a form that readers have no code for.",
)
ALTERNATIVE_REMOVED = _rule(
    "alternative-removed",
    NARROWER,
    "a value may have one form less (`oneOf`, `anyOf`)",
    "A request in that form, which was fine, is refused.",
)
DISCRIMINATOR_CHANGED = _rule(
    "discriminator-changed",
    BREAKS,
    "forms of a value are told apart by another property, or by other values of it (`discriminator`)",
    "Senders write, and readers look at, what the discriminator names. Where values are only new or only gone, a "
    "request that gains some and an answer that loses some are compatible.",
)
DISCRIMINATOR_ADDED = _rule(
    "discriminator-added",
    HOLDS,
    "it is said by which property forms of a value are told apart (`discriminator`)",
    "The forms are what they were. What the property itself demands is judged by itself.",
)
DISCRIMINATOR_REMOVED = _rule(
    "discriminator-removed",
    BREAKS,
    "it is no longer said by which property forms of a value are told apart (`discriminator`)",
    "Readers who looked at it no longer know which form they have.",
)
SCHEMA_REWRITTEN = _rule(
    "schema-rewritten",
    BREAKS,
    "a schema says in another way what it allows, and the two cannot be compared by rule",
    "So values are made from both sides, and both sides are asked whether they allow them. It breaks a request if a "
    "value was allowed and no longer is, and an answer if one was not allowed and now is. Where no such value is "
    "found among those that were tried, it counts as compatible. It is also told where such a value breaks and no "
    "other change at that place explains it.",
    witnessed=True,
)

# -- parameters and bodies -------------------------------------------------------------------------------------------

PARAMETER_ADDED = _rule(
    "parameter-added",
    HOLDS,
    "an optional parameter is new",
    "Calls without it are served as before.",
)
REQUIRED_PARAMETER_ADDED = _rule(
    "required-parameter-added",
    BREAKS,
    "a required parameter is new",
    "A call without it, which was fine, is refused.",
)
PARAMETER_REMOVED = _rule(
    "parameter-removed",
    BREAKS,
    "a parameter is gone",
    "A call that has it is refused, or carried out without regard to it.",
)
PARAMETER_MOVED = _rule(
    "parameter-moved",
    BREAKS,
    "a parameter has another place: the path, the query, a header or a cookie",
    "Nobody looks any more where callers put it.",
)
PARAMETER_BECAME_REQUIRED = _rule(
    "parameter-became-required",
    BREAKS,
    "an optional parameter is required now",
    "A call without it, which was fine, is refused.",
)
PARAMETER_BECAME_OPTIONAL = _rule(
    "parameter-became-optional",
    HOLDS,
    "a required parameter is optional now",
    "Calls that have it are served as before.",
)
PARAMETER_STYLE_CHANGED = _rule(
    "parameter-style-changed",
    BREAKS,
    "a parameter, or a header of an answer, is written in another way (`style`, `explode`, `allowReserved`, "
    "`content`, `allowEmptyValue`)",
    "The text is taken apart in another way than it was made. To allow an empty value in a query "
    "(`allowEmptyValue`) is compatible: what was written before is still read.",
)
PATH_PARAMETER_RENAMED = _rule(
    "path-parameter-renamed",
    SILENT,
    "a parameter of the path has another name",
    "On the wire stands its value, not its name. In Python the argument has the name.",
)
REQUEST_BODY_ADDED = _rule(
    "request-body-added",
    HOLDS,
    "an operation takes a body, which may be left out",
    "Calls without it are served as before.",
)
REQUIRED_REQUEST_BODY_ADDED = _rule(
    "required-request-body-added",
    BREAKS,
    "an operation demands a body, where it took none",
    "A call without it, which was fine, is refused.",
)
REQUEST_BODY_REMOVED = _rule(
    "request-body-removed",
    BREAKS,
    "an operation no longer takes a body",
    "What callers send is refused or ignored.",
)
REQUEST_BODY_BECAME_REQUIRED = _rule(
    "request-body-became-required",
    BREAKS,
    "an optional body is required now",
    "A call without it, which was fine, is refused.",
)
REQUEST_BODY_BECAME_OPTIONAL = _rule(
    "request-body-became-optional",
    HOLDS,
    "a required body is optional now",
    "Calls that have it are served as before.",
)
CONTENT_TYPE_ADDED = _rule(
    "content-type-added",
    WIDER,
    "a body may be of one more media type",
    "A request may be sent in it. An answer may come in it to a reader who knows only the others; where the answer "
    "had no body before, that is compatible.",
)
CONTENT_TYPE_REMOVED = _rule(
    "content-type-removed",
    BREAKS,
    "a body may no longer be of a media type",
    "A request in it is refused, and a caller who asks for it gets no answer in it. An answer of less than a range, "
    "such as `*/*`, is compatible.",
)
ENCODING_CHANGED = _rule(
    "encoding-changed",
    BREAKS,
    "a field of a form is written in another way (`encoding`)",
    "What callers send is taken apart in another way than it was made. It is compatible where a field may only be of "
    "more media types.",
)

# -- responses -------------------------------------------------------------------------------------------------------

SUCCESS_STATUS_ADDED = _rule(
    "success-status-added",
    BREAKS,
    "a call can succeed with another status",
    "Callers who look for the statuses that they know take it for a failure.",
)
SUCCESS_STATUS_REMOVED = _rule(
    "success-status-removed",
    BREAKS,
    "a call no longer succeeds with a status",
    "Callers who look for it do not find it. It is compatible where a range such as `2XX`, or `default`, gives way "
    "to some of the statuses that it stood for: then nothing new can come.",
)
FAILURE_STATUS_ADDED = _rule(
    "failure-status-added",
    HOLDS,
    "a failure has a status of its own",
    "A call can always fail in a way that is not listed, so callers are ready for it.",
)
FAILURE_STATUS_REMOVED = _rule(
    "failure-status-removed",
    HOLDS,
    "a failure is no longer listed",
    "Callers who are ready for it lose nothing.",
)
HEADER_ADDED = _rule(
    "header-added",
    HOLDS,
    "an answer has a new header",
    "Readers skip what they do not know.",
)
HEADER_REMOVED = _rule(
    "header-removed",
    BREAKS,
    "an answer no longer has a header",
    "A reader of the header waits for it in vain.",
)
HEADER_BECAME_REQUIRED = _rule(
    "header-became-required",
    HOLDS,
    "an answer always has a header that it could lack",
    "An answer promises more than before.",
)
HEADER_BECAME_OPTIONAL = _rule(
    "header-became-optional",
    BREAKS,
    "an answer may lack a header that it always had",
    "A reader who counts on the header fails on an answer without it.",
)

# -- operations, servers, security -----------------------------------------------------------------------------------

OPERATION_ADDED = _rule(
    "operation-added",
    HOLDS,
    "an operation is new",
    "Nobody calls it yet.",
)
OPERATION_REMOVED = _rule(
    "operation-removed",
    BREAKS,
    "an operation is gone, or has another path or method",
    "Its callers get 404 or 405. Paths that differ only in the names of their parameters are the same.",
)
OPERATION_RENAMED = _rule(
    "operation-renamed",
    SILENT,
    "an operation has another `operationId`",
    "It is not on the wire. In Python the method has its name.",
)
OPERATION_DEPRECATED = _rule(
    "operation-deprecated",
    HOLDS,
    "an operation is deprecated",
    "It works as before, and its callers are warned.",
)
OPERATION_UNDEPRECATED = _rule(
    "operation-undeprecated",
    HOLDS,
    "an operation is no longer deprecated",
    "It works as before.",
)
DEPRECATED = _rule(
    "deprecated",
    HOLDS,
    "a schema, property, parameter or header is deprecated",
    "It works as before, and its users are warned.",
)
UNDEPRECATED = _rule(
    "undeprecated",
    HOLDS,
    "a schema, property, parameter or header is no longer deprecated",
    "It works as before.",
)
TAG_MOVED = _rule(
    "tag-moved",
    SILENT,
    "the first tag of an operation is another",
    "Tags are not on the wire. In Python the first one names the resource that has the method.",
)
COMPONENT_RENAMED = _rule(
    "component-renamed",
    SILENT,
    "a schema under `components` has another name",
    "Names of components are not on the wire. In Python the class has the name.",
)
SECURITY_TIGHTENED = _rule(
    "security-tightened",
    BREAKS,
    "some credentials, or none, were enough for a call and no longer are",
    "Callers who have no others are turned away.",
)
SECURITY_LOOSENED = _rule(
    "security-loosened",
    HOLDS,
    "a call can be made with other or fewer credentials",
    "Those of before may still be enough; where they are not, `security-tightened` says so.",
)
SECURITY_SCHEME_CHANGED = _rule(
    "security-scheme-changed",
    BREAKS,
    "a credential is fetched or sent in another way",
    "Callers fetch it or put it where it is no longer given or looked for. It is compatible where there is only "
    "more to choose from, such as a new flow or scope or the first `refreshUrl`, and docs only where `bearerFormat` "
    "alone is another.",
)
SERVER_ADDED = _rule(
    "server-added",
    HOLDS,
    "the API is served at one more address",
    "The others stay. One more value for a variable of an address is the same.",
)
SERVER_REMOVED = _rule(
    "server-removed",
    BREAKS,
    "the API is no longer served at an address",
    "Those who call it there reach nobody.",
)
SERVER_CHANGED = _rule(
    "server-changed",
    BREAKS,
    "a variable of a server's address may take fewer values, or has another default",
    "An address that is built from a value that is gone, or from the old default, may reach nobody.",
)
CALLBACK_CHANGED = _rule(
    "callback-changed",
    HOLDS,
    "a callback, webhook or link is new, gone or another",
    "It is shown and not judged: a client neither receives nor follows them.",
)

# -- texts and extensions --------------------------------------------------------------------------------------------

DESCRIPTION_CHANGED = _rule(
    "description-changed",
    SILENT,
    "a text is another: `title`, `summary`, `description`, `externalDocs`, the text of a scope, the tags after the "
    "first",
    "It changes documents and docstrings, and no message.",
)
EXAMPLE_CHANGED = _rule(
    "example-changed",
    SILENT,
    "an example is new, gone or another",
    "Examples illustrate, and promise nothing.",
)
INFO_CHANGED = _rule(
    "info-changed",
    SILENT,
    "what is said of the API as a whole is another: title, texts, contact, license, terms, the list of tags",
    "It changes documents, and no message. `info.version` is no change: the report says by itself what it should be.",
)
EXTENSION_CHANGED = _rule(
    "extension-changed",
    HOLDS,
    "`x-retry`, `x-error-categories`, `x-correlation-id`, `x-property-group`, `x-echo`, `x-rate-limit` or "
    "`x-idempotency-key-lifetime` is new, gone or another",
    "The generator reads it, and the client does something else. What may be sent stays as it is.",
)
EXTENSION_TIGHTENED = _rule(
    "extension-tightened",
    NARROWER,
    "a bound on requests is new or stricter: `x-max-total-items`, `x-minimum-version`",
    "A request that was fine is refused.",
)
EXTENSION_LOOSENED = _rule(
    "extension-loosened",
    WIDER,
    "a bound on requests is gone or less strict: `x-max-total-items`, `x-minimum-version`",
    "A request that was refused is fine.",
)
EXTENSION_MEANING_CHANGED = _rule(
    "extension-meaning-changed",
    BREAKS,
    "what a message means is said in another way: `x-failure`, `x-batch`, `x-error-field`, `x-datetime-format`, "
    "`x-idempotency-key`",
    "The same bytes mean something else: a success is a failure now, a text is read in another form, a call that "
    "was safe to repeat is not.",
)
READER_EXTENSION_CHANGED = _rule(
    "reader-extension-changed",
    SILENT,
    "an `x-` extension that the generator does not read is new, gone or another",
    "It is for people and other tools. So is one that the generator does read, where it stands in a place that it "
    "ignores.",
)
NAMES_CHANGED = _rule(
    "names-changed",
    SILENT,
    "names in Python change, and no other change of the description is the cause",
    "Moving a schema between `components` and its place of use, for one, can name a class or take its name away.",
)
