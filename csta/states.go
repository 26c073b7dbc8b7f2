package csta

// ConnectionState is the state of one device's part in a call: the seven of
// ECMA-269, spelt as LocalConnectionState in the DMCC schema.
type ConnectionState string

// The connection states.
const (
	Null      ConnectionState = "null"      // no part in the call (any more)
	Initiated ConnectionState = "initiated" // off hook, dialling
	Alerting  ConnectionState = "alerting"  // the call is being delivered
	Connected ConnectionState = "connected" // taking part
	Held      ConnectionState = "hold"      // put on hold by this device
	Queued    ConnectionState = "queued"    // waiting, for instance at a skill
	Fail      ConnectionState = "fail"      // the call could not be completed
)
