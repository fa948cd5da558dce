package slide

import (
	"bytes"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
)

// chart is a line over days, with the workbook that its figures are changed in.
type chart struct {
	drawing  string
	workbook []byte
}

// Chart puts a line into a box; alt says in words what it shows. A slide has one at most.
func (s *Slide) Chart(at Box, name, alt string, labels []string, values []float64) error {
	book, err := figures(name, labels, values)
	if err != nil {
		return err
	}
	s.chart = &chart{drawing(name, labels, values), book}
	s.number++
	fmt.Fprintf(&s.shapes, `<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id="%d" name="Grafik" descr="%s"/><p:cNvGraphicFramePr/><p:nvPr/></p:nvGraphicFramePr>%s<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart"><c:chart xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" r:id="rId2"/></a:graphicData></a:graphic></p:graphicFrame>`,
		s.number, escaped(alt), place("p", at))
	return nil
}

const figuresSheet = "Sheet1"

// figures are the workbook behind a chart; texts stay texts, whatever they begin with.
func figures(name string, labels []string, values []float64) ([]byte, error) {
	book := excelize.NewFile()
	defer func() { _ = book.Close() }() // its temporary files; what was written is whole
	failed := book.SetCellStr(figuresSheet, "B1", name)
	for i := range labels {
		failed = errors.Join(failed, book.SetCellStr(figuresSheet, fmt.Sprint("A", i+2), labels[i]), book.SetCellValue(figuresSheet, fmt.Sprint("B", i+2), values[i]))
	}
	var out bytes.Buffer
	_, err := book.WriteTo(&out)
	return out.Bytes(), errors.Join(failed, err)
}

// drawing is the chart as it is shown before anybody opens its figures.
func drawing(name string, labels []string, values []float64) string {
	var days, points strings.Builder
	for i := range labels {
		fmt.Fprintf(&days, `<c:pt idx="%d"><c:v>%s</c:v></c:pt>`, i, escaped(labels[i]))
		fmt.Fprintf(&points, `<c:pt idx="%d"><c:v>%s</c:v></c:pt>`, i, strconv.FormatFloat(values[i], 'f', -1, 64))
	}
	const letters = `<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="1200"><a:solidFill><a:srgbClr val="` + Muted + `"/></a:solidFill></a:defRPr></a:pPr><a:endParaRPr lang="id-ID"/></a:p></c:txPr>`
	const hairline = `<c:spPr><a:ln w="9525"><a:solidFill><a:srgbClr val="C3CCD6"/></a:solidFill></a:ln></c:spPr>`
	last := len(labels) + 1
	return fmt.Sprintf(xmlHead+`<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><c:roundedCorners val="0"/><c:chart><c:autoTitleDeleted val="1"/><c:plotArea><c:layout/><c:lineChart><c:grouping val="standard"/><c:varyColors val="0"/>`+
		`<c:ser><c:idx val="0"/><c:order val="0"/><c:tx><c:strRef><c:f>%[1]s!$B$1</c:f><c:strCache><c:ptCount val="1"/><c:pt idx="0"><c:v>%[2]s</c:v></c:pt></c:strCache></c:strRef></c:tx><c:spPr><a:ln w="38100" cap="rnd"><a:solidFill><a:srgbClr val="`+Brand+`"/></a:solidFill><a:round/></a:ln></c:spPr><c:marker><c:symbol val="none"/></c:marker>`+
		`<c:cat><c:strRef><c:f>%[1]s!$A$2:$A$%[3]d</c:f><c:strCache><c:ptCount val="%[4]d"/>%[5]s</c:strCache></c:strRef></c:cat><c:val><c:numRef><c:f>%[1]s!$B$2:$B$%[3]d</c:f><c:numCache><c:formatCode>#,##0</c:formatCode><c:ptCount val="%[4]d"/>%[6]s</c:numCache></c:numRef></c:val><c:smooth val="0"/></c:ser><c:marker val="1"/><c:axId val="1"/><c:axId val="2"/></c:lineChart>`+
		`<c:catAx><c:axId val="1"/><c:scaling><c:orientation val="minMax"/></c:scaling><c:delete val="0"/><c:axPos val="b"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/>`+hairline+letters+`<c:crossAx val="2"/><c:crosses val="autoZero"/><c:auto val="0"/><c:lblAlgn val="ctr"/><c:lblOffset val="100"/><c:tickLblSkip val="%[7]d"/><c:noMultiLvlLbl val="1"/></c:catAx>`+
		`<c:valAx><c:axId val="2"/><c:scaling><c:orientation val="minMax"/><c:min val="0"/></c:scaling><c:delete val="0"/><c:axPos val="l"/><c:majorGridlines>`+hairline+`</c:majorGridlines><c:numFmt formatCode="#,##0" sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/><c:spPr><a:ln><a:noFill/></a:ln></c:spPr>`+letters+`<c:crossAx val="1"/><c:crosses val="autoZero"/><c:crossBetween val="midCat"/></c:valAx></c:plotArea><c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart><c:externalData r:id="rId1"><c:autoUpdate val="0"/></c:externalData></c:chartSpace>`,
		figuresSheet, escaped(name), last, len(labels), days.String(), points.String(), 1+len(labels)/10)
}
