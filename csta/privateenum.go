package csta

// The values of Avaya's private data in call events (DMCC schema).

// ChannelType is what a call is carried as (DMCC schema).
type ChannelType string

// The channel types.
const (
	UnknownChannel ChannelType = "UNKNOWN"
	VoiceChannel   ChannelType = "VOICE"
	VideoChannel   ChannelType = "VIDEO"
)

// InterflowType says why a call was sent to this switch (DMCC schema).
type InterflowType string

// The kinds of interflow.
const (
	NoInterflow        InterflowType = "noInterflow"
	AllInterflow       InterflowType = "allInterflow"
	ThresholdInterflow InterflowType = "thresholdInterflow"
	VectoringInterflow InterflowType = "vectoringInterflow"
)

// InterflowPriority is the priority that a call had in its queue (DMCC schema).
type InterflowPriority string

// The priorities.
const (
	PriorityNotInQueue InterflowPriority = "notInQueue"
	PriorityLow        InterflowPriority = "low"
	PriorityMedium     InterflowPriority = "medium"
	PriorityHigh       InterflowPriority = "high"
	PriorityTop        InterflowPriority = "top"
)

// EnteredCodeType says who collected the digits (DMCC schema: UserEnteredCodeType).
type EnteredCodeType string

// The ways digits were collected.
const (
	EnteredAny      EnteredCodeType = "any"
	EnteredLogin    EnteredCodeType = "loginDigits"
	EnteredPrompter EnteredCodeType = "callPrompter" // by a vector step
	EnteredDatabase EnteredCodeType = "databaseProvided"
	EnteredDetector EnteredCodeType = "toneDetector"
)

// EnteredIndicator says whether the digits are complete (DMCC schema:
// UserEnteredCodeIndicator; the meaning is inferred).
type EnteredIndicator string

// The indicators.
const (
	DigitsCollect EnteredIndicator = "collect"
	DigitsEntered EnteredIndicator = "entered"
)

// ProgressLocation says where a progress message comes from (DMCC schema).
type ProgressLocation string

// The locations.
const (
	ProgressUser          ProgressLocation = "user"
	ProgressPublicLocal   ProgressLocation = "publicLocal"
	ProgressPublicRemote  ProgressLocation = "publicRemote"
	ProgressPrivateRemote ProgressLocation = "privateRemote"
)

// ProgressDescription says what a progress message tells (DMCC schema).
type ProgressDescription string

// The descriptions.
const (
	ProgressOffISDN     ProgressDescription = "callOffISDN"
	ProgressDestNotISDN ProgressDescription = "destNotISDN"
	ProgressOrigNotISDN ProgressDescription = "origNotISDN"
	ProgressOnISDN      ProgressDescription = "callOnISDN"
	ProgressInband      ProgressDescription = "inband" // tones or speech are there
)
