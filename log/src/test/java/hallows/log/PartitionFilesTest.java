package hallows.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import hallows.log.LogFileName.Kind;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What recovery makes of the names in a partition's directory.
class PartitionFilesTest {
    @Test
    void segmentsAreFoundWithTheirIndexes() {
        PartitionFiles files =
                partition(
                        name(0, ".log"),
                        name(0, ".index"),
                        name(0, ".timeindex"),
                        name(70, ".log"),
                        name(70, ".index"),
                        name(70, ".txnindex"),
                        name(70, ".snapshot"),
                        name(900, ".timeindex"),
                        name(900, ".index"),
                        "leader-epoch-checkpoint",
                        "leader-epoch-checkpoint.tmp",
                        "partition.metadata",
                        "notes.txt");

        assertEquals(
                Map.of(
                        0L,
                        Set.of(Kind.OFFSET_INDEX, Kind.TIME_INDEX),
                        70L,
                        Set.of(Kind.OFFSET_INDEX, Kind.ABORTED_INDEX)),
                files.segments());
        assertEquals(List.of(name(900, ".timeindex"), name(900, ".index")), files.orphans());
        assertEquals(List.of(70L), files.snapshots());
        assertEquals(name(70, ".log"), new LogFileName(70, Kind.RECORDS).toString());
    }

    @Test
    void indexesBetweenSegmentsTellOfOneThatIsMissing() {
        PartitionFiles files =
                partition(
                        name(5, ".index"),
                        name(10, ".log"),
                        name(20, ".index"),
                        name(20, ".timeindex"),
                        name(30, ".timeindex"),
                        name(40, ".log"),
                        name(50, ".index"));
        assertEquals(2, files.missing());
        assertEquals(0, partition(name(5, ".index")).missing());
    }

    @Test
    void filesThatOnlyLookLikeALogsAreAnError() {
        for (String name :
                List.of(
                        "5.log",
                        "x.log",
                        ".index",
                        "-0000000000000000001.log",
                        "99999999999999999999.log",
                        "00000000000000000000.x.log")) {
            assertInstanceOf(Stored.Malformed.class, PartitionFiles.of(List.of(name)), name);
        }
    }

    @Test
    void onlyTheYoungestStraySnapshotIsKeptAndOnlyBehindTheLog() {
        assertEquals(List.of(5L), strays("5.s 10.s 20.s", "10.l 15.l"));
        assertEquals(List.of(5L, 12L), strays("5.s 10.s 12.s", "10.l 15.l"));
        assertEquals(List.of(5L), strays("5.s 15.s 16.s", "15.l"));
        assertEquals(List.of(5L), strays("5.s 6.s", ""));
        assertEquals(List.of(), strays("15.s", "15.l"));
    }

    private static List<Long> strays(String... lists) {
        List<String> names =
                List.of(String.join(" ", lists).strip().split(" ")).stream()
                        .map(PartitionFilesTest::full)
                        .toList();
        return partition(names.toArray(String[]::new)).straySnapshots();
    }

    private static String full(String name) {
        long offset = Long.parseLong(name.substring(0, name.indexOf('.')));
        return name(offset, name.endsWith("s") ? ".snapshot" : ".log");
    }

    @Test
    void deletedAndCleanedFilesGo() {
        Leftovers leftovers =
                leftovers(
                        name(0, ".log"),
                        name(0, ".log.deleted"),
                        name(0, ".index.deleted"),
                        "00000000000000000007-0000000003.checkpoint.deleted",
                        name(10, ".log.cleaned"),
                        name(10, ".timeindex.cleaned"));

        assertEquals(
                List.of(name(0, ".log.deleted"), name(0, ".index.deleted")), leftovers.first());
        assertEquals(
                List.of(name(10, ".log.cleaned"), name(10, ".timeindex.cleaned")),
                leftovers.then());
        assertEquals(List.of(), leftovers.swaps());
    }

    @Test
    void swapsTakeThePlacesOfWhatTheyReplace() {
        String[] names = {
            name(0, ".log"),
            name(0, ".log.swap"),
            name(0, ".index.swap"),
            name(10, ".log"),
            name(10, ".index"),
            name(10, ".snapshot"),
            name(20, ".log"),
            "leader-epoch-checkpoint"
        };
        Leftovers leftovers = leftovers(names);

        assertEquals(List.of(0L), leftovers.swapSegments());
        assertEquals(List.of(), leftovers.first());
        assertEquals(
                List.of(
                        name(0, ".log"),
                        name(10, ".log"),
                        name(10, ".index"),
                        name(10, ".snapshot")),
                Leftovers.replaced(List.of(names), 0, 20));
        assertEquals(
                List.of(name(0, ".log"), name(0, ".index")),
                leftovers.swaps().stream().map(Leftovers::swapped).toList());
    }

    @Test
    void swapsOfASplitThatDidNotEndGoBeforeTheCleanedFilesThatTell() {
        Leftovers leftovers =
                leftovers(
                        name(0, ".log.swap"),
                        name(10, ".log.swap"),
                        name(10, ".log.cleaned"),
                        name(15, ".index.swap"));

        assertEquals(List.of(name(10, ".log.swap"), name(15, ".index.swap")), leftovers.first());
        assertEquals(List.of(name(10, ".log.cleaned")), leftovers.then());
        assertEquals(List.of(name(0, ".log.swap")), leftovers.swaps());
    }

    @Test
    void aSwapOrCleanedFileWithoutAnOffsetIsAnError() {
        assertInstanceOf(Stored.Malformed.class, Leftovers.of(List.of("x.log.swap")));
        assertInstanceOf(Stored.Malformed.class, Leftovers.of(List.of("x.cleaned")));
    }

    private static Leftovers leftovers(String... names) {
        return RealDisk.whole(Leftovers.of(List.of(names)));
    }

    private static PartitionFiles partition(String... names) {
        return RealDisk.whole(PartitionFiles.of(List.of(names)));
    }

    private static String name(long offset, String suffix) {
        return "%020d%s".formatted(offset, suffix);
    }
}
