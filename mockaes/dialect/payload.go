package dialect

// payloadGroups concern the JSON form of what is inside a payload.
var payloadGroups = []group{
	{"private", []way{
		{"nested", "private data under extensions/privateData/private [dmcc]", keep},
		{"short", "private data under privateData [guess]", reshape(shortPrivate)},
		{"hoisted", "private data among the other members [guess]", reshape(hoistPrivate)},
	}},
	{"numbers", []way{
		{"number", "numbers are numbers [guess]", keep},
		{"text", "numbers are strings [guess; one request is seen so]", reshape(numbersAsText)},
	}},
	{"booleans", []way{
		{"boolean", "booleans are booleans [guess]", keep},
		{"text", "booleans are strings [guess]", reshape(booleansAsText)},
	}},
	{"devices", []way{
		{"mixed", "ids bare, parties in deviceIdentifier [dmcc; ids seen]", keep},
		{"bare", "parties are bare strings too [guess]", reshape(bareDevices)},
		{"wrapped", "ids are wrapped too [guess]", reshape(wrappedDevices)},
	}},
	{"nothing", []way{
		{"object", `an empty choice is {"notKnown":{}} [guess]`, keep},
		{"null", `an empty choice is {"notKnown":null} [guess]`, reshape(nothingAsNull)},
		{"text", `an empty choice is {"notKnown":""} [guess]`, reshape(nothingAsText)},
		{"word", `an empty choice is "notKnown" [guess]`, reshape(nothingAsWord)},
	}},
	{"lists", []way{
		{"array", "a list is an array [seen for one]", keep},
		{"wrapped", "a list is an object around an array [guess]", reshape(wrappedLists)},
		{"single", "a list of one is its element [guess]", reshape(singleLists)},
	}},
	{"case", []way{
		{"callID", "members are spelt as in the schema [dmcc]", keep},
		{"callId", "ID is spelt Id [guess]", reshape(lowerIDs)},
	}},
}

func reshape(change func(*tree)) func(*Dialect) {
	return func(d *Dialect) { d.reshape = append(d.reshape, change) }
}
