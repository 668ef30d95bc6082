import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page-header";
import { AppError } from "@/lib/errors";

/** null for one who may look at the creator, but not at all of its money. */
export async function orRefused<T>(reading: Promise<T>): Promise<T | null> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof AppError && error.code === "forbidden") return null;
    throw error;
  }
}

/** A statement of some streams only would be mistaken for one of all. */
export function Refused() {
  return (
    <>
      <PageHeader title="Statements" />
      <Notice title="A statement has all amounts of a creator in it, and you may see some of them only.">
        To open statements here, ask an owner to share all streams and their amounts with you.
      </Notice>
    </>
  );
}
