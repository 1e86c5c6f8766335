package hallows.log;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hallows.log.LogFileName.Kind;
import hallows.runtime.Disk;
import org.junit.jupiter.api.Test;

class SegmentTest {
    private final SimFiles files = new SimFiles(1);

    @Test
    void anIndexThatWasWrittenOnTheWayIsDurableAtTheEnd() {
        Segment segment =
                Segment.create(files.disk(), SimFiles.DATA, 0, new IndexLimits(0, 1 << 20))
                        .orThrow();
        files.disk().syncDirectory(SimFiles.DATA).orThrow();
        for (int offset = 0; offset <= SparseIndex.TAIL_DUE; offset++) {
            segment.appended(new Pace.Batch(100, offset, 7));
        }
        Tending way = segment.tend(1 << 20);
        way.run(files.disk()).orThrow();
        way.done();
        segment.tendLast().run(files.disk()).orThrow();
        files.losePower();
        String index = new LogFileName(0, Kind.OFFSET_INDEX).toString();
        assertEquals(
                SparseIndex.TAIL_DUE * 8L,
                files.disk()
                        .open(SimFiles.DATA.resolve(index), Disk.OpenMode.READ)
                        .orThrow()
                        .size()
                        .orThrow());
    }
}
