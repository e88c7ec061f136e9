package dev.assay.providers.azure;

/** Whether a resource has a deployment. */
public enum DeploymentVerdict {
  /** It has. */
  FOUND,
  /** It has not. */
  NOT_FOUND,
  /** It did not say, because something else went wrong. */
  UNKNOWN
}
