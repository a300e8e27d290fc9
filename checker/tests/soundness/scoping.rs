//! Scopes, labels, fresh variables.
