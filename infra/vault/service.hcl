# What every service of a cluster may read: the secrets below its own namespace and ServiceAccount, which Vault takes from the
# login and nobody can choose. One policy for all services, written once by an administrator.
#
# CLUSTER, ACCESSOR (of the Kubernetes auth mount) and the mount `kv` are filled in as README.md shows.

path "kv/data/CLUSTER/{{identity.entity.aliases.ACCESSOR.metadata.service_account_namespace}}/{{identity.entity.aliases.ACCESSOR.metadata.service_account_name}}/*" {
  capabilities = ["read"]
}

path "kv/metadata/CLUSTER/{{identity.entity.aliases.ACCESSOR.metadata.service_account_namespace}}/{{identity.entity.aliases.ACCESSOR.metadata.service_account_name}}/*" {
  capabilities = ["read", "list"]
}
