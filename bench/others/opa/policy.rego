# Rules as data: `data.permits`, `data.lists` and `data.forbids` by tool. Roles and tags are objects, so that one is looked up.
package bench

import future.keywords.every
import future.keywords.in

default allow := false

allow {
	some rule in data.permits[input.tool]
	startswith(input.path, rule.below)
	input.amount <= rule.most
	some role in input.roles
	rule.roles[role]
	not forbidden
}

allow {
	some rule in data.lists[input.tool]
	input.amount <= rule.most
	every tag in input.tags {
		rule.tags[tag]
	}
	not forbidden
}

forbidden {
	some rule in data.forbids[input.tool]
	startswith(input.path, rule.below)
	input.amount >= rule.least
}

forbidden {
	some tag in input.tags
	data.forbidden_tags[input.tool][tag]
}
