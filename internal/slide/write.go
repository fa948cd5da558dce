package slide

import (
	"archive/zip"
	"fmt"
	"io"
	"strings"
)

const (
	xmlHead    = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>`
	namespaces = `xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"`
	emptyTree  = `<p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/>`
	office     = "application/vnd.openxmlformats-officedocument."
	relation   = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
)

// file is a part of the presentation.
type file struct {
	name, kind string // kind: of its content, after the office's own beginning; empty: by its ending
	body       string
}

// Write writes the presentation.
func (d *Deck) Write(out io.Writer) error {
	archive := zip.NewWriter(out)
	for _, part := range d.parts() {
		writer, err := archive.Create(part.name)
		if err == nil {
			_, err = io.WriteString(writer, part.body)
		}
		if err != nil {
			return err
		}
	}
	return archive.Close()
}

func (d *Deck) parts() []file {
	parts := []file{
		{"ppt/presentation.xml", "presentationml.presentation.main", d.presentation()},
		{"ppt/slideMasters/slideMaster1.xml", "presentationml.slideMaster", master},
		{"ppt/slideLayouts/slideLayout1.xml", "presentationml.slideLayout", layout},
		{"ppt/theme/theme1.xml", "theme", theme},
		{"ppt/slideMasters/_rels/slideMaster1.xml.rels", "", relations("slideLayout", "../slideLayouts/slideLayout1.xml", "theme", "../theme/theme1.xml")},
		{"ppt/slideLayouts/_rels/slideLayout1.xml.rels", "", relations("slideMaster", "../slideMasters/slideMaster1.xml")},
		{"docProps/core.xml", "", xmlHead + `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>` + escaped(d.title) + `</dc:title></cp:coreProperties>`},
		{"_rels/.rels", "", strings.Replace(relations("officeDocument", "ppt/presentation.xml", "core", "docProps/core.xml"), relation+"core", "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties", 1)},
	}
	all := []string{"slideMaster", "slideMasters/slideMaster1.xml", "theme", "theme/theme1.xml"}
	for i, s := range d.slides {
		n := i + 1
		of := []string{"slideLayout", "../slideLayouts/slideLayout1.xml"}
		all = append(all, "slide", fmt.Sprintf("slides/slide%d.xml", n))
		if s.chart != nil {
			of = append(of, "chart", fmt.Sprintf("../charts/chart%d.xml", n))
			parts = append(parts, file{fmt.Sprintf("ppt/charts/chart%d.xml", n), "drawingml.chart", s.chart.drawing},
				file{fmt.Sprintf("ppt/charts/_rels/chart%d.xml.rels", n), "", relations("package", fmt.Sprintf("../embeddings/angka%d.xlsx", n))},
				file{fmt.Sprintf("ppt/embeddings/angka%d.xlsx", n), "", string(s.chart.workbook)})
		}
		parts = append(parts, file{fmt.Sprintf("ppt/slides/slide%d.xml", n), "presentationml.slide",
			xmlHead + `<p:sld ` + namespaces + `><p:cSld><p:spTree>` + emptyTree + s.shapes.String() + `</p:spTree></p:cSld><p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sld>`},
			file{fmt.Sprintf("ppt/slides/_rels/slide%d.xml.rels", n), "", relations(of...)})
	}
	parts = append(parts, file{"ppt/_rels/presentation.xml.rels", "", relations(all...)})
	return append([]file{{"[Content_Types].xml", "", types(parts)}}, parts...)
}

func types(parts []file) string {
	var out strings.Builder
	out.WriteString(xmlHead + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Default Extension="xlsx" ContentType="` + office + `spreadsheetml.sheet"/>` +
		`<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>`)
	for _, part := range parts {
		if part.kind != "" {
			fmt.Fprintf(&out, `<Override PartName="/%s" ContentType="%s%s+xml"/>`, part.name, office, part.kind)
		}
	}
	return out.String() + `</Types>`
}

// relations are rId1, rId2 … from pairs of a kind and a target.
func relations(pairs ...string) string {
	var out strings.Builder
	out.WriteString(xmlHead + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`)
	for i := 0; i < len(pairs); i += 2 {
		fmt.Fprintf(&out, `<Relationship Id="rId%d" Type="%s%s" Target="%s"/>`, i/2+1, relation, pairs[i], pairs[i+1])
	}
	return out.String() + `</Relationships>`
}

func (d *Deck) presentation() string {
	var slides strings.Builder
	for i := range d.slides {
		fmt.Fprintf(&slides, `<p:sldId id="%d" r:id="rId%d"/>`, 256+i, i+3)
	}
	width, height := Width*emu, Height*emu
	return fmt.Sprintf(xmlHead+`<p:presentation %s><p:sldMasterIdLst><p:sldMasterId id="2147483648" r:id="rId1"/></p:sldMasterIdLst><p:sldIdLst>%s</p:sldIdLst><p:sldSz cx="%d" cy="%d"/><p:notesSz cx="6858000" cy="9144000"/></p:presentation>`,
		namespaces, slides.String(), int(width), int(height))
}

// The one layout: a heading, and the rest free.
const (
	heading = `<p:sp><p:nvSpPr><p:cNvPr id="2" name="Judul"/><p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr><p:ph type="title"/></p:nvPr></p:nvSpPr><p:spPr><a:xfrm><a:off x="540000" y="396000"/><a:ext cx="11112000" cy="900000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr><p:txBody><a:bodyPr anchor="b"><a:normAutofit/></a:bodyPr><a:lstStyle/><a:p><a:endParaRPr lang="id-ID"/></a:p></p:txBody></p:sp>`
	level   = `<a:lvl1pPr><a:defRPr sz="1600"><a:solidFill><a:schemeClr val="tx1"/></a:solidFill><a:latin typeface="+mn-lt"/></a:defRPr></a:lvl1pPr>`
	master  = xmlHead + `<p:sldMaster ` + namespaces + `><p:cSld><p:bg><p:bgPr><a:solidFill><a:schemeClr val="bg1"/></a:solidFill><a:effectLst/></p:bgPr></p:bg><p:spTree>` + emptyTree + heading + `</p:spTree></p:cSld><p:clrMap bg1="lt1" tx1="dk1" bg2="lt2" tx2="dk2" accent1="accent1" accent2="accent2" accent3="accent3" accent4="accent4" accent5="accent5" accent6="accent6" hlink="hlink" folHlink="folHlink"/><p:sldLayoutIdLst><p:sldLayoutId id="2147483649" r:id="rId1"/></p:sldLayoutIdLst><p:txStyles><p:titleStyle>` + level + `</p:titleStyle><p:bodyStyle>` + level + `</p:bodyStyle><p:otherStyle>` + level + `</p:otherStyle></p:txStyles></p:sldMaster>`
	layout  = xmlHead + `<p:sldLayout ` + namespaces + ` type="titleOnly"><p:cSld name="Judul"><p:spTree>` + emptyTree + heading + `</p:spTree></p:cSld><p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sldLayout>`
	font    = `<a:latin typeface="Arial"/><a:ea typeface=""/><a:cs typeface=""/>`
	fill3   = `<a:solidFill><a:schemeClr val="phClr"/></a:solidFill><a:solidFill><a:schemeClr val="phClr"/></a:solidFill><a:solidFill><a:schemeClr val="phClr"/></a:solidFill>`
	line3   = `<a:ln w="9525"><a:solidFill><a:schemeClr val="phClr"/></a:solidFill></a:ln><a:ln w="9525"><a:solidFill><a:schemeClr val="phClr"/></a:solidFill></a:ln><a:ln w="9525"><a:solidFill><a:schemeClr val="phClr"/></a:solidFill></a:ln>`
	effect3 = `<a:effectStyle><a:effectLst/></a:effectStyle><a:effectStyle><a:effectLst/></a:effectStyle><a:effectStyle><a:effectLst/></a:effectStyle>`
	theme   = xmlHead + `<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" name="Gaung"><a:themeElements><a:clrScheme name="Gaung"><a:dk1><a:srgbClr val="` + Ink + `"/></a:dk1><a:lt1><a:srgbClr val="FFFFFF"/></a:lt1><a:dk2><a:srgbClr val="` + Muted + `"/></a:dk2><a:lt2><a:srgbClr val="` + Tint + `"/></a:lt2><a:accent1><a:srgbClr val="` + Brand + `"/></a:accent1><a:accent2><a:srgbClr val="0D6636"/></a:accent2><a:accent3><a:srgbClr val="854800"/></a:accent3><a:accent4><a:srgbClr val="3E7DB4"/></a:accent4><a:accent5><a:srgbClr val="A8C2D9"/></a:accent5><a:accent6><a:srgbClr val="77879A"/></a:accent6><a:hlink><a:srgbClr val="` + Brand + `"/></a:hlink><a:folHlink><a:srgbClr val="` + Muted + `"/></a:folHlink></a:clrScheme><a:fontScheme name="Gaung"><a:majorFont>` + font + `</a:majorFont><a:minorFont>` + font + `</a:minorFont></a:fontScheme><a:fmtScheme name="Gaung"><a:fillStyleLst>` + fill3 + `</a:fillStyleLst><a:lnStyleLst>` + line3 + `</a:lnStyleLst><a:effectStyleLst>` + effect3 + `</a:effectStyleLst><a:bgFillStyleLst>` + fill3 + `</a:bgFillStyleLst></a:fmtScheme></a:themeElements></a:theme>`
)
