import {
  ConflictError,
  InputError,
  NotAllowedError,
  ServiceUnavailableError,
} from '@backstage/errors';

/** The server does not serve the kind: its CRD is not installed. @public */
export class UnknownKindError extends ServiceUnavailableError {}

/** Some API of the cluster does not answer, so that nobody knows what kinds there are. @public */
export class DiscoveryIncompleteError extends ServiceUnavailableError {}

/** Somebody else has written fields that are to be written. @public */
export class FieldConflictError extends ConflictError {
  constructor(
    message: string,
    readonly conflicts: ReadonlyArray<{ manager: string; field: string }>,
  ) {
    super(message);
  }
}

/** The object, or the namespace around it, is being deleted. @public */
export class BeingDeletedError extends ConflictError {}

/** The namespace that an object belongs in does not exist. @public */
export class NamespaceAbsentError extends ConflictError {}

/** The object that was to be written is gone, or another by now. @public */
export class ObjectGoneError extends ConflictError {}

/** An object of that name exists. @public */
export class AlreadyExistsError extends ConflictError {}

/** A policy, a webhook, a quota or Pod Security in the cluster said no. @public */
export class AdmissionDeniedError extends NotAllowedError {
  constructor(message: string, readonly policy?: string) {
    super(message);
  }
}

/** The server finds the object malformed. @public */
export class InvalidObjectError extends InputError {}

/** More than a cluster stores in one object. @public */
export class ObjectTooLargeError extends InputError {}

/** The credentials are expired, or unknown to the cluster. @public */
export class ClusterCredentialsError extends ServiceUnavailableError {}

/** The credentials are known, and may not do this. @public */
export class PermissionMissingError extends NotAllowedError {
  constructor(
    message: string,
    readonly missing?: {
      verb: string;
      resource: string;
      group: string;
      namespace?: string;
    },
  ) {
    super(message);
  }
}

/** The cluster's database is full; nothing can be written until its operators make room. @public */
export class StorageFullError extends ServiceUnavailableError {}

/** The server is up, and cannot do it just now. @public */
export class ClusterBusyError extends ServiceUnavailableError {}

/** What answered does not speak like a Kubernetes API server. @public */
export class UnexpectedAnswerError extends ServiceUnavailableError {}
