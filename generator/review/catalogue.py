"""Every kind of change that a review knows: id, verdict on the wire each way, and why. A leaf of this package.

`NARROWER` and its like are the law behind the verdicts: what senders may send must not shrink (a request may widen),
what receivers may get must not grow (a response may narrow).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

from generator.review.change import Wire

if TYPE_CHECKING:
    from generator.ir import Side

Verdicts: TypeAlias = tuple[Wire, Wire]

NARROWER: Final[Verdicts] = (Wire.BREAKING, Wire.COMPATIBLE)
"""Fewer values: a request that was fine is refused; an answer surprises nobody."""
WIDER: Final[Verdicts] = (Wire.COMPATIBLE, Wire.BREAKING)
"""More values: a request that was fine still is; an answer may be what no reader expects."""
BREAKS: Final[Verdicts] = (Wire.BREAKING, Wire.BREAKING)
HOLDS: Final[Verdicts] = (Wire.COMPATIBLE, Wire.COMPATIBLE)
SILENT: Final[Verdicts] = (Wire.DOCS, Wire.DOCS)


@dataclass(frozen=True, slots=True)
class ChangeRule:
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
    "Senders need not send it and readers skip what they do not know. Where an answer was closed "
    "(`additionalProperties: false`) a strict reader refuses it: then it is breaking.",
)
REQUIRED_PROPERTY_ADDED = _rule(
    "required-property-added",
    NARROWER,
    "a required property is new",
    "A request without it, which was fine, is refused. An answer brings more than before.",
)
PROPERTY_REMOVED = _rule(
    "property-removed",
    BREAKS,
    "a property is gone",
    "A request that has it is refused, or, where the schema is open, taken without meaning what it meant. A reader of "
    "answers waits for it in vain.",
)
PROPERTY_BECAME_REQUIRED = _rule(
    "property-became-required",
    NARROWER,
    "an optional property is required now",
    "A request without it, which was fine, is refused. In an answer it is a promise more.",
)
PROPERTY_BECAME_OPTIONAL = _rule(
    "property-became-optional",
    WIDER,
    "a required property is optional now",
    "A request may leave it out. A reader that counts on it in an answer can fail.",
)
PROPERTY_BECAME_READ_ONLY = _rule(
    "property-became-read-only",
    (Wire.BREAKING, Wire.COMPATIBLE),
    "a property may no longer be sent",
    "`readOnly` takes it out of requests; answers keep it.",
)
PROPERTY_BECAME_WRITE_ONLY = _rule(
    "property-became-write-only",
    (Wire.COMPATIBLE, Wire.BREAKING),
    "a property is no longer answered",
    "`writeOnly` takes it out of answers; requests keep it.",
)
ADDITIONAL_PROPERTIES_TIGHTENED = _rule(
    "additional-properties-tightened",
    NARROWER,
    "fewer properties beside the declared ones are allowed",
    "A request with a member of another name, which was fine, is refused.",
)
ADDITIONAL_PROPERTIES_LOOSENED = _rule(
    "additional-properties-loosened",
    WIDER,
    "more properties beside the declared ones are allowed",
    "An answer may bring members of which a strict reader knows nothing.",
)
PATTERN_PROPERTY_ADDED = _rule(
    "pattern-property-added",
    WIDER,
    "members whose names match a pattern are described, where others were refused",
    "Where undeclared members were refused, more are allowed now; where they were free, "
    "`pattern-property-tightened` says so instead.",
)
PATTERN_PROPERTY_REMOVED = _rule(
    "pattern-property-removed",
    NARROWER,
    "members whose names match a pattern are no longer allowed",
    "A request with such a member, which was fine, is refused.",
)
PATTERN_PROPERTY_TIGHTENED = _rule(
    "pattern-property-tightened",
    NARROWER,
    "members whose names match a pattern, free until now, have a schema",
    "A request with such a member of another form, which was fine, is refused.",
)
PATTERN_PROPERTY_LOOSENED = _rule(
    "pattern-property-loosened",
    WIDER,
    "members whose names match a pattern may be anything now",
    "An answer may bring values of which readers know nothing.",
)

# -- types and values ------------------------------------------------------------------------------------------------

TYPE_NARROWED = _rule(
    "type-narrowed",
    NARROWER,
    "fewer JSON types are allowed",
    "A request of a type that is gone, `null` for one, is refused.",
)
TYPE_WIDENED = _rule(
    "type-widened",
    WIDER,
    "more JSON types are allowed",
    "A reader of answers meets values of a type that it has no code for; `null` is one.",
)
TYPE_CHANGED = _rule(
    "type-changed",
    BREAKS,
    "other JSON types are allowed, some of the old ones no more",
    "What was sent is refused, and what is answered cannot be read as before.",
)
ENUM_VALUE_REMOVED = _rule(
    "enum-value-removed",
    NARROWER,
    "a value of an enumeration is gone",
    "A request with it is refused. Answers no longer have it.",
)
ENUM_VALUE_ADDED = _rule(
    "enum-value-added",
    WIDER,
    "an enumeration has a new value",
    "A reader that knows only the old values can fail on it. A client that keeps unknown values goes on.",
)
ENUM_ADDED = _rule(
    "enum-added",
    NARROWER,
    "the values, free until now, are listed",
    "A request with any other value, which was fine, is refused.",
)
ENUM_REMOVED = _rule(
    "enum-removed",
    WIDER,
    "the values, listed until now, are free",
    "An answer may bring a value of which no reader knows.",
)
KNOWN_VALUE_ADDED = _rule(
    "known-value-added",
    HOLDS,
    "an open enumeration names one value more",
    "Other values were allowed before, so readers expect them; what changes is the list of those with a name.",
)
KNOWN_VALUE_REMOVED = _rule(
    "known-value-removed",
    HOLDS,
    "an open enumeration names one value less",
    "Other values are allowed all the same; what changes is the list of those with a name.",
)
CONST_CHANGED = _rule(
    "const-changed",
    BREAKS,
    "the one allowed value is another",
    "What was sent is refused, and what is answered is no longer what readers compare with.",
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
    "An answer may bring it, of which readers were told that it does not come.",
)


def _upper(word: str, raised: str, lowered: str) -> tuple[ChangeRule, ChangeRule]:
    """The two rules of an upper limit; no limit at all is the highest."""
    more = "Also where the limit is gone. An answer may bring more than its readers have room for."
    less = "Also where the limit is new. A request beyond it, which was fine, is refused."
    return _rule(f"{word}-raised", WIDER, raised, more), _rule(f"{word}-lowered", NARROWER, lowered, less)


def _lower(word: str, raised: str, lowered: str) -> tuple[ChangeRule, ChangeRule]:
    """The two rules of a lower limit; no limit at all is the lowest."""
    more = "Also where the limit is new. A request below it, which was fine, is refused."
    less = "Also where the limit is gone. An answer may bring less than its readers count on."
    return _rule(f"{word}-raised", NARROWER, raised, more), _rule(f"{word}-lowered", WIDER, lowered, less)


MAX_LENGTH_RAISED, MAX_LENGTH_LOWERED = _upper(
    "max-length", "longer strings are allowed", "only shorter strings are allowed"
)
MIN_LENGTH_RAISED, MIN_LENGTH_LOWERED = _lower("min-length", "strings have to be longer", "shorter strings are allowed")
MAX_ITEMS_RAISED, MAX_ITEMS_LOWERED = _upper("max-items", "more elements are allowed", "fewer elements are allowed")
MIN_ITEMS_RAISED, MIN_ITEMS_LOWERED = _lower("min-items", "more elements are needed", "fewer elements are enough")
MAXIMUM_RAISED, MAXIMUM_LOWERED = _upper("maximum", "larger numbers are allowed", "only smaller numbers are allowed")
MINIMUM_RAISED, MINIMUM_LOWERED = _lower("minimum", "numbers have to be larger", "smaller numbers are allowed")
MAX_PROPERTIES_RAISED, MAX_PROPERTIES_LOWERED = _upper(
    "max-properties", "more members are allowed", "fewer members are allowed"
)
MIN_PROPERTIES_RAISED, MIN_PROPERTIES_LOWERED = _lower(
    "min-properties", "more members are needed", "fewer members are enough"
)

PATTERN_CHANGED = _rule(
    "pattern-changed",
    BREAKS,
    "a string has to match another regular expression",
    "Whether one pattern takes all that the other takes is tried with strings made from both; the verdict follows from "
    "those on which they disagree.",
    witnessed=True,
)
PATTERN_ADDED = _rule(
    "pattern-added",
    NARROWER,
    "a string has to match a regular expression",
    "A request with another string, which was fine, is refused.",
)
PATTERN_REMOVED = _rule(
    "pattern-removed",
    WIDER,
    "a string need not match a regular expression any more",
    "An answer may bring a string that readers cannot take apart.",
)
FORMAT_CHANGED = _rule(
    "format-changed",
    BREAKS,
    "a value has another format",
    "Formats are promises about the text of a value: `date` is read in another way than `date-time`.",
)
FORMAT_ADDED = _rule(
    "format-added",
    NARROWER,
    "a value has a format",
    "A request with a value of another form, which was fine, is refused.",
)
FORMAT_REMOVED = _rule(
    "format-removed", WIDER, "a value has no format any more", "An answer may bring a text that readers cannot parse."
)
MULTIPLE_OF_TIGHTENED = _rule(
    "multiple-of-tightened",
    NARROWER,
    "numbers have to be multiples of something coarser",
    "A request with a finer number, which was fine, is refused.",
)
MULTIPLE_OF_LOOSENED = _rule(
    "multiple-of-loosened",
    WIDER,
    "numbers may be finer than before",
    "An answer may bring digits for which readers have no room.",
)
MULTIPLE_OF_CHANGED = _rule(
    "multiple-of-changed",
    BREAKS,
    "numbers have to be multiples of something else",
    "Neither set of numbers holds the other: some that were fine are refused, and some are new.",
)
UNIQUE_ITEMS_ADDED = _rule(
    "unique-items-added", NARROWER, "elements have to differ", "A request with two equal elements is refused."
)
UNIQUE_ITEMS_REMOVED = _rule(
    "unique-items-removed", WIDER, "elements may be equal", "An answer may bring an element twice."
)
DEFAULT_CHANGED = _rule(
    "default-changed",
    (Wire.BREAKING, Wire.DOCS),
    "what holds when a value is left out is another",
    "A request that leaves it out is understood in another way than before, though nobody changed it.",
)
DEFAULT_ADDED = _rule(
    "default-added",
    (Wire.COMPATIBLE, Wire.DOCS),
    "what holds when a value is left out is said",
    "Nothing was said before, so nothing is taken back.",
)
DEFAULT_REMOVED = _rule(
    "default-removed",
    (Wire.BREAKING, Wire.DOCS),
    "what holds when a value is left out is no longer said",
    "A request that leaves it out can no longer count on the value.",
)
CONTENT_CODING_CHANGED = _rule(
    "content-coding-changed",
    BREAKS,
    "`contentEncoding`, `contentMediaType` or `contentSchema` of a string is another",
    "The text of the string is made and read in another way.",
)

# -- rules between fields, alternatives ------------------------------------------------------------------------------

CONDITION_ADDED = _rule(
    "condition-added",
    NARROWER,
    "a rule between fields is new (`not`, `anyOf`, `oneOf`, `if`, `dependentRequired`, `dependentSchemas`)",
    "A request that breaks it, which was fine, is refused. A rule that the other rules of the base imply, or that is "
    "about a new field, refuses nothing that was fine: then it is compatible.",
)
CONDITION_DROPPED = _rule(
    "condition-dropped",
    WIDER,
    "a rule between fields is gone (`not`, `anyOf`, `oneOf`, `if`, `dependentRequired`, `dependentSchemas`)",
    "An answer may bring a combination of fields that readers were told does not come.",
)
ALTERNATIVE_ADDED = _rule(
    "alternative-added",
    WIDER,
    "a value may be of one form more (`oneOf`, `anyOf`)",
    "An answer may come in a form that readers have no code for.",
)
ALTERNATIVE_REMOVED = _rule(
    "alternative-removed",
    NARROWER,
    "a value may be of one form less (`oneOf`, `anyOf`)",
    "A request of that form, which was fine, is refused.",
)
DISCRIMINATOR_CHANGED = _rule(
    "discriminator-changed",
    BREAKS,
    "alternatives are told apart in another way",
    "Senders write, and readers look at, the field and the values that the discriminator names.",
)
DISCRIMINATOR_ADDED = _rule(
    "discriminator-added",
    HOLDS,
    "a field is named by which alternatives are told apart",
    "The alternatives are what they were; `required` and the values of that field are judged for themselves.",
)
DISCRIMINATOR_REMOVED = _rule(
    "discriminator-removed",
    BREAKS,
    "no field is named any more by which alternatives are told apart",
    "Readers that looked at it no longer know which alternative they have.",
)
SCHEMA_REWRITTEN = _rule(
    "schema-rewritten",
    BREAKS,
    "a schema says what it allows in another way, too complex to compare keyword by keyword",
    "Values are made from both sides and checked against both. The verdict follows from those on which the sides "
    "disagree; where there are none among all that were tried, the change counts as compatible.",
    witnessed=True,
)

# -- parameters and bodies -------------------------------------------------------------------------------------------

PARAMETER_ADDED = _rule(
    "parameter-added", HOLDS, "an optional parameter is new", "Callers that do not send it are served as before."
)
REQUIRED_PARAMETER_ADDED = _rule(
    "required-parameter-added", BREAKS, "a required parameter is new", "A call without it, which was fine, is refused."
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
    "a parameter stands elsewhere: in the path, the query, a header or a cookie",
    "Where callers put it, nobody looks any more.",
)
PARAMETER_BECAME_REQUIRED = _rule(
    "parameter-became-required", BREAKS, "an optional parameter is required now", "A call without it is refused."
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
    "a parameter or header is written in another way (`style`, `explode`, `allowReserved`, `content`)",
    "The text that callers send is taken apart in another way. An empty value that is newly allowed is compatible.",
)
PATH_PARAMETER_RENAMED = _rule(
    "path-parameter-renamed",
    SILENT,
    "a parameter of the path has another name",
    "Its name is not on the wire, only its value; arguments in Python have it.",
)
REQUEST_BODY_ADDED = _rule(
    "request-body-added", HOLDS, "an operation takes a body, which may be left out", "Calls without it go on."
)
REQUIRED_REQUEST_BODY_ADDED = _rule(
    "required-request-body-added",
    BREAKS,
    "an operation demands a body",
    "A call without it, which was fine, is refused.",
)
REQUEST_BODY_REMOVED = _rule(
    "request-body-removed", BREAKS, "an operation takes no body any more", "What callers send is refused or ignored."
)
REQUEST_BODY_BECAME_REQUIRED = _rule(
    "request-body-became-required", BREAKS, "a body is required now", "A call without it, which was fine, is refused."
)
REQUEST_BODY_BECAME_OPTIONAL = _rule(
    "request-body-became-optional", HOLDS, "a body may be left out now", "Calls that have it are served as before."
)
CONTENT_TYPE_ADDED = _rule(
    "content-type-added",
    WIDER,
    "a body may be of one media type more",
    "A request may be sent in it; an answer may come in it to a reader that knows only the others. Where an answer had "
    "no body at all, it is compatible.",
)
CONTENT_TYPE_REMOVED = _rule(
    "content-type-removed",
    BREAKS,
    "a body may no longer be of a media type",
    "A request in it is refused, and a caller that asks for it gets no answer in it.",
)
ENCODING_CHANGED = _rule(
    "encoding-changed",
    BREAKS,
    "the fields of a form are written in another way (`encoding`)",
    "What callers send is taken apart in another way.",
)

# -- responses -------------------------------------------------------------------------------------------------------

SUCCESS_STATUS_ADDED = _rule(
    "success-status-added",
    BREAKS,
    "a call can succeed with another status",
    "Callers that look for the statuses they know take it for a failure.",
)
SUCCESS_STATUS_REMOVED = _rule(
    "success-status-removed",
    BREAKS,
    "a call no longer succeeds with a status",
    "Callers that look for it do not find it any more.",
)
FAILURE_STATUS_ADDED = _rule(
    "failure-status-added",
    HOLDS,
    "a failure has a status of its own",
    "Any call may fail in a way that is not listed; callers are ready for that.",
)
FAILURE_STATUS_REMOVED = _rule(
    "failure-status-removed", HOLDS, "a failure is no longer listed", "One thing less that can happen."
)
HEADER_ADDED = _rule("header-added", HOLDS, "an answer has a new header", "Readers skip what they do not know.")
HEADER_REMOVED = _rule("header-removed", BREAKS, "an answer no longer has a header", "A reader of it waits in vain.")
HEADER_BECAME_REQUIRED = _rule("header-became-required", HOLDS, "an answer always has a header now", "A promise more.")
HEADER_BECAME_OPTIONAL = _rule(
    "header-became-optional", BREAKS, "an answer may lack a header now", "A reader that counts on it can fail."
)

# -- operations, servers, security -----------------------------------------------------------------------------------

OPERATION_ADDED = _rule("operation-added", HOLDS, "an operation is new", "Nobody calls it yet.")
OPERATION_REMOVED = _rule(
    "operation-removed", BREAKS, "an operation is gone, or has another path or method", "Its callers get 404 or 405."
)
OPERATION_RENAMED = _rule(
    "operation-renamed",
    SILENT,
    "an operation has another `operationId`",
    "It is not on the wire; the method in Python has its name.",
)
OPERATION_DEPRECATED = _rule(
    "operation-deprecated", HOLDS, "an operation is deprecated", "It works as before, and its callers are warned."
)
OPERATION_UNDEPRECATED = _rule(
    "operation-undeprecated", HOLDS, "an operation is no longer deprecated", "It works as before."
)
DEPRECATED = _rule(
    "deprecated",
    HOLDS,
    "a property, parameter or header is deprecated",
    "It works as before, and its users are warned.",
)
UNDEPRECATED = _rule(
    "undeprecated", HOLDS, "a property, parameter or header is no longer deprecated", "It works as before."
)
TAG_MOVED = _rule(
    "tag-moved",
    SILENT,
    "an operation belongs to another tag",
    "Tags are not on the wire; in Python the first one is the resource that has the method.",
)
COMPONENT_RENAMED = _rule(
    "component-renamed",
    SILENT,
    "a component has another name",
    "Names of components are not on the wire; the class in Python has it.",
)
SECURITY_TIGHTENED = _rule(
    "security-tightened",
    BREAKS,
    "a call needs credentials, or scopes, that it did not need",
    "Callers without them are turned away.",
)
SECURITY_LOOSENED = _rule(
    "security-loosened", HOLDS, "a call can be made with other or fewer credentials", "Those of before still do."
)
SECURITY_SCHEME_CHANGED = _rule(
    "security-scheme-changed",
    BREAKS,
    "a credential is fetched or sent in another way",
    "Where callers fetch or put it, nobody gives or looks for it any more. A flow, a scope or a `refreshUrl` that is "
    "added is compatible, `bearerFormat` is docs only.",
)
SERVER_ADDED = _rule("server-added", HOLDS, "the API is served at one address more", "The others stay.")
SERVER_REMOVED = _rule(
    "server-removed", BREAKS, "the API is no longer served at an address", "Those who call it there reach nobody."
)
SERVER_CHANGED = _rule(
    "server-changed",
    BREAKS,
    "the variables of a server's address take other values",
    "An address that was built from a value that is gone reaches nobody.",
)
CALLBACK_CHANGED = _rule(
    "callback-changed",
    HOLDS,
    "a callback, webhook or link is new, gone or another",
    "They are shown to the reviewer and not judged: a client neither receives nor follows them.",
)

# -- texts and extensions --------------------------------------------------------------------------------------------

DESCRIPTION_CHANGED = _rule(
    "description-changed",
    SILENT,
    "a text is another: `description`, `summary`, `title`, `externalDocs`, a scope's; or a tag that is not the first",
    "It changes docstrings and documents, no message.",
)
EXAMPLE_CHANGED = _rule(
    "example-changed", SILENT, "an example is new, gone or another", "Examples illustrate, and promise nothing."
)
INFO_CHANGED = _rule(
    "info-changed",
    SILENT,
    "what is said of the API as a whole is another: title, contact, license, terms",
    "`info.version` is not among it: the report shows it by itself.",
)
EXTENSION_CHANGED = _rule(
    "extension-changed",
    HOLDS,
    "an `x-` extension that the generator reads is new, gone or another",
    "It changes what the client does, not what may be sent; what it makes of Python stands beside it.",
)
EXTENSION_TIGHTENED = _rule(
    "extension-tightened",
    NARROWER,
    "an extension that bounds requests is new or stricter: `x-max-total-items`, `x-minimum-version`",
    "A request that was fine is refused.",
)
EXTENSION_LOOSENED = _rule(
    "extension-loosened",
    WIDER,
    "an extension that bounds requests is gone or less strict: `x-max-total-items`, `x-minimum-version`",
    "A request that was refused is fine.",
)
EXTENSION_MEANING_CHANGED = _rule(
    "extension-meaning-changed",
    BREAKS,
    "an extension that says how messages are read is new, gone or another: `x-failure`, `x-batch`, "
    "`x-datetime-format`, `x-idempotency-key`, `x-error-field`",
    "The same bytes mean something else: an answer that was a success is a failure, a retry that was safe is not, a "
    "text is read in another form.",
)
READER_EXTENSION_CHANGED = _rule(
    "reader-extension-changed",
    SILENT,
    "an `x-` extension that the generator does not read is new, gone or another",
    "It is meant for people and other tools.",
)
NAMES_CHANGED = _rule(
    "names-changed",
    SILENT,
    "names in Python differ, though no message does",
    "Moving a schema between a component and its place of use can name or unname a class.",
)
