// The dynamic provider of the baseline: says at once that all is done.
module.exports = {
  /** @type {(olds: unknown, news: object) => Promise<{ inputs: object }>} */
  check: async (_olds, news) => ({ inputs: news }),
  diff: async () => ({}),
  /** @type {(inputs: object) => Promise<{ id: string, outs: object }>} */
  create: async (inputs) => ({ id: "noop", outs: inputs }),
  /** @type {(id: string, props: object) => Promise<{ id: string, props: object }>} */
  read: async (id, props) => ({ id, props }),
  /** @type {(id: string, olds: object, news: object) => Promise<{ outs: object }>} */
  update: async (_id, _olds, news) => ({ outs: news }),
  delete: async () => {},
};
