export interface Config {
  meshedService?: {
    /**
     * Where the pages of this project's docs folder are read: what findings link to. Those of the published project when absent.
     * @visibility frontend
     */
    docs?: string;
  };
}
