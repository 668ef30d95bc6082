import { Notice } from "@/components/ui/notice";
import type { Shared } from "@/lib/model/access";

type ViewerNoticeProps = {
  shared: Shared | null;
  /** It is all that the page holds. */
  alone?: boolean;
};

/** Where forms would stand, for one who may only look: says why there are none. To an agency the strip says it already. */
export function ViewerNotice({ shared, alone = false }: ViewerNoticeProps) {
  if (shared && !alone) return null;
  return (
    <Notice title="You can look at this creator, but not change it.">
      {shared
        ? "What the creator shares with your agency is read-only. An owner of the creator can change that in its settings."
        : "To log and correct things here, ask an owner to make you an editor."}
    </Notice>
  );
}
