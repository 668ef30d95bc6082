import { Notice } from "@/components/ui/notice";

/** Where forms would stand, for one who may only look: says why there are none. */
export function ViewerNotice() {
  return (
    <Notice title="You can look at this creator, but not change it.">
      To log and correct things here, ask an owner to make you an editor.
    </Notice>
  );
}
