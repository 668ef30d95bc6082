import { Button } from "@/components/ui/button";

/** The way back, on every step. */
export function OtherFile({ onOther }: { onOther: () => void }) {
  return (
    <Button variant="quiet" size="sm" onClick={onOther}>
      Choose another file
    </Button>
  );
}
