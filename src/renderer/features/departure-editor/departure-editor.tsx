import { useConsole, useSlice } from '../../components/console-context.ts'
import { DelayEditor } from './delay-editor.tsx'
import { CancelEditor, DivertEditor, ReinstateEditor } from './irregular-editors.tsx'
import { TimeEditor } from './time-editor.tsx'

/** The editor that is open over the board, if any. One that is opened with more typed text begins anew with it. */
export function DepartureEditor() {
  const { workbench } = useConsole()
  const editor = useSlice(workbench, (state) => state.editor)
  if (!editor) return null
  switch (editor.kind) {
    case 'delay':
      return <DelayEditor key={editor.typed} editor={editor} />
    case 'cancel':
      return <CancelEditor editor={editor} />
    case 'reinstate':
      return <ReinstateEditor editor={editor} />
    case 'divert':
      return <DivertEditor editor={editor} />
    case 'estimate':
    case 'offBlock':
    case 'takeOff':
    case 'return':
      return <TimeEditor key={editor.typed} editor={editor} kind={editor.kind} />
  }
}
