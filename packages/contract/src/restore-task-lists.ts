/** Still to be done after the release, or done. */
export const restoreTaskLists = ['open', 'done'] as const
export type RestoreTaskList = (typeof restoreTaskLists)[number]
