// The Pulumi program: what stacks/<stack>.yaml declares. For resources of your own beside it: docs/typescript.md of ping-agents.
export { declareProject as default } from "ping-agents";
