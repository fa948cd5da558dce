package org

import (
	"slices"

	"gaung/internal/id"
)

// Role is what a person may do on a node of the tree and everything below it.
type Role string

// The roles. Everybody who is signed in is an ASN.
const (
	ASN       Role = "asn"
	Author    Role = "author"
	Approver  Role = "approver"
	Publisher Role = "publisher"
	Operator  Role = "operator"
	Leader    Role = "leader"
	DPO       Role = "dpo"
	Auditor   Role = "auditor"
	Admin     Role = "admin"
	Trainer   Role = "trainer" // a guest (pelatih tamu): writes what is learned, and nothing else
)

// Grant is a role on a node; it holds for the node's subtree.
type Grant struct {
	Role   Role      `json:"role"`
	Agency id.Agency `json:"agency_id"`
}

// Actor is who asks: the person, where they work, and what they were granted. Every exported read
// takes one, so that what one may not see is not found.
type Actor struct {
	User   id.User
	Unit   id.Agency   // where the person works
	Agency id.Agency   // the agency that unit belongs to
	Path   []id.Agency // from the root of the tree down to Unit
	Zone   string      // the agency's IANA zone
	Grants []Grant
}

// Has tells whether the actor holds one of the roles anywhere.
func (a Actor) Has(roles ...Role) bool {
	return slices.Contains(roles, ASN) || len(a.Roots(roles...)) > 0
}

// Roots are the nodes on which the actor holds one of the roles: the scope of a read is their subtrees.
func (a Actor) Roots(roles ...Role) []id.Agency {
	roots := []id.Agency{}
	for _, grant := range a.Grants {
		if slices.Contains(roles, grant.Role) && !slices.Contains(roots, grant.Agency) {
			roots = append(roots, grant.Agency)
		}
	}
	return roots
}

// Holds tells whether the actor holds one of the roles on the node with this path.
func (a Actor) Holds(path []id.Agency, roles ...Role) bool {
	return slices.ContainsFunc(a.Roots(roles...), func(root id.Agency) bool { return slices.Contains(path, root) })
}
