# What the portal may do in Vault: write the login roles of the services of one cluster. It reads no secret, writes no policy,
# and cannot make a role that gets another policy than the one that a platform administrator has written.
#
# CLUSTER, AUDIENCE and the mount `kubernetes` are filled in as README.md shows.

path "auth/kubernetes/role/meshway.CLUSTER.*" {
  capabilities = ["create", "read", "update", "delete"]

  # A parameter that is not named here is refused. An empty list means any value; "**" means any text.
  allowed_parameters = {
    "token_policies"                   = ["meshway.CLUSTER"]
    "audience"                         = ["AUDIENCE"]
    "alias_name_source"                = ["serviceaccount_uid"]
    "bound_service_account_names"      = ["**"]
    "bound_service_account_namespaces" = ["**"]
    "token_ttl"                        = []
    "token_max_ttl"                    = []
  }

  # "***" is any text that contains a star: a role is bound to exactly one account in one namespace.
  # Vault reads every text as a list, and an empty list is in any list: so "", and what has a comma or a space, is refused here.
  denied_parameters = {
    "audience"                         = ["", "*,*", "* *"]
    "bound_service_account_names"      = ["***"]
    "bound_service_account_namespaces" = ["***"]
  }
}

# How Vault is.
path "sys/health" {
  capabilities = ["read"]
}

# What this very token may do, asked before anything is written.
path "sys/capabilities-self" {
  capabilities = ["update"]
}

# Whether this very token is still good: so that a refusal is told from an expired login.
path "auth/token/lookup-self" {
  capabilities = ["read"]
}
