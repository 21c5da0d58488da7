/** Whether keys are named as on a Mac: ⌘ rather than Ctrl. */
export const isApple = /Mac|iPhone|iPad/.test(navigator.platform);
