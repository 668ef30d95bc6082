import { Download } from "lucide";
import { buttonClass } from "@/components/ui/button";
import { Icon } from "@/components/ui/icon";
import { Menu } from "@/components/ui/menu";
import { menuItemClass } from "@/components/ui/menu-item";
import { paths } from "@/lib/paths";

type DownloadsProps = {
  creatorId: string;
  range: string;
  locale: string;
  /** whose paper it may be on, beside the house's own */
  agencies: readonly { readonly id: string; readonly name: string }[];
};

const FILES = [
  { label: "PDF, A4", format: "pdf", more: "&paper=a4" },
  { label: "PDF, Letter", format: "pdf", more: "&paper=letter" },
  { label: "Excel workbook", format: "xlsx", more: "" },
  { label: "CSV", format: "csv", more: "" },
  { label: "JSON", format: "json", more: "" },
] as const;

/** The statement's files; only paper is written in a locale, the others bring the reader's own. */
export function Downloads({ creatorId, range, locale, agencies }: DownloadsProps) {
  return (
    <Menu
      name="Download this statement"
      label={
        <>
          <Icon of={Download} />
          Download
        </>
      }
      className={buttonClass("secondary")}
      align="end"
    >
      {agencies.map(({ id, name }) => (
        <a
          key={id}
          href={`${paths.statementFile(creatorId, range, "pdf")}&locale=${locale}&agency=${id}`}
          download
          className={menuItemClass}
        >
          PDF as of {name}
        </a>
      ))}
      {FILES.map(({ label, format, more }) => (
        <a
          key={label}
          href={`${paths.statementFile(creatorId, range, format)}${more}${format === "pdf" ? `&locale=${locale}` : ""}`}
          download
          className={menuItemClass}
        >
          {label}
        </a>
      ))}
    </Menu>
  );
}
