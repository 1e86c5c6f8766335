package hallows.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hallows.broker.Notice;
import hallows.log.PartitionName;
import hallows.log.Recovery;
import hallows.runtime.Fault;
import hallows.runtime.Leaks;
import hallows.runtime.Report;
import hallows.runtime.Result;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class EventsTest {
    private static final PartitionName ORDERS = new PartitionName("orders", 3);
    private static final Fault FULL = new Fault(Fault.Kind.NO_SPACE, "no room");

    private final StringWriter text = new StringWriter();
    private final Events events = new Events(new PrintWriter(text));

    private void assertSaid(String sentence) {
        assertEquals("hallows: " + sentence + "\n", text.toString());
        assertGoesOn();
    }

    private void assertGoesOn() {
        assertFalse(events.over().isDone());
    }

    private void assertEnds(String sentence) {
        assertTrue(text.toString().endsWith("hallows: " + sentence + "\n"), text::toString);
        assertEquals(sentence, events.over().join());
    }

    @Test
    void aLogThatWasPutRightSaysHow() {
        events.notice(new Notice.Recovered(ORDERS, new Recovery(2, 1, 77, 0, false, 0, 0)));
        assertSaid(
                "log orders-3 was put right: 2 segments read, 1 removed, 77 bytes cut off, 0 records missing");
    }

    @Test
    void aLogOfWhichSomethingIsGoneSaysSo() {
        events.notice(new Notice.Recovered(ORDERS, new Recovery(0, 0, 0, 0, false, 910, 2)));
        assertSaid(
                "log orders-3 was put right: 0 segments read, 0 removed, 0 bytes cut off, 910 records missing at its end, 2 segments gone from its middle");
    }

    @Test
    void logsThatWereWholeAfterACrashAreCounted() {
        events.notice(new Notice.ReadThrough(Path.of("/data"), 10_000));
        assertSaid(
                "/data was not stopped in good order: 10,000 logs were read through, and nothing was missing in them");
    }

    @Test
    void aLogThatCannotBeOpenedIsOfflineAndTheOthersGoOn() {
        events.notice(new Notice.Unopened(ORDERS, FULL));
        assertSaid("log orders-3 is offline: no room");
    }

    @Test
    void logsThatAreNotThereAreNamedUpToTen() {
        List<PartitionName> lost =
                IntStream.range(0, 12).mapToObj(number -> new PartitionName("t", number)).toList();
        events.notice(new Notice.Lost(Path.of("/data"), lost.subList(0, 1)));
        assertSaid(
                "/data should have the logs of t-0, which are not there and begin anew, empty: if they ever had records, stop and put them back");
        events.notice(new Notice.Lost(Path.of("/data"), lost));
        assertTrue(text.toString().contains(" t-8, t-9 and 2 more, which"), text::toString);
    }

    @Test
    void whatCannotBeReadIsSaidWithItsPlace() {
        Fault damaged = new Fault(Fault.Kind.DAMAGED, "no sound batches");
        events.notice(new Notice.Unreadable(Path.of("/data/orders-3"), 7, damaged));
        assertSaid(
                "the log in /data/orders-3 cannot be read at offset 7: no sound batches; `./hallows log verify /data/orders-3` says more");
    }

    @Test
    void aStrayIsForWhoRunsTheNode() {
        events.notice(new Notice.Stray(ORDERS, Path.of("/data/orders-3.abc-stray")));
        assertSaid(
                "no topic has the log that is now in /data/orders-3.abc-stray: it was put aside, and nothing in it has changed");
    }

    @Test
    void whatIsTriedAgainEndsNothing() {
        events.notice(new Notice.Delayed("a checkpoint", FULL));
        assertSaid("a checkpoint failed, and is tried again: no room");
    }

    @Test
    void aFailedDiskEndsTheNode() {
        events.notice(new Notice.Offline(Path.of("/data"), new Fault(Fault.Kind.IO_ERROR, "EIO")));
        assertEnds(
                "data directory /data has failed: EIO; nothing that was acknowledged depends on it; mend the disk and start again");
    }

    @Test
    void aShardThatFailsEndsTheNodeAndShowsWhere() {
        Throwable cause = new IllegalStateException("broken");
        events.report(
                new Report.ComponentFailed(
                        new Report.ComponentId("broker", "shard", 0), cause, false));
        assertEnds("a shard has failed: java.lang.IllegalStateException: broken");
        assertTrue(text.toString().contains("at hallows.server.EventsTest"), text::toString);
    }

    @Test
    void aShardThatStopsEndsTheNode() {
        events.report(new Report.ShardStopped(1, new IllegalStateException("broken")));
        assertEnds("a shard has stopped: java.lang.IllegalStateException: broken");
    }

    @Test
    void whatHappensAtTheEndIsOnlyTold() {
        events.report(new Report.StopTimedOut(new Report.ComponentId("broker", "shard", 0)));
        events.report(new Report.MemoryLeaked("broker", 0, new Leaks(1, 64, List.of())));
        assertTrue(text.toString().contains("broker/shard on shard 0"), text::toString);
        assertTrue(text.toString().contains("1 regions of 64 bytes"), text::toString);
        assertGoesOn();
    }

    @Test
    void theQuorumEndsTheNodeOnlyIfItCannotGoOn() {
        events.fault("a snapshot failed", new IllegalStateException("late"), false);
        assertSaid("the quorum says: a snapshot failed: java.lang.IllegalStateException: late");
        events.fault("its log is gone", null, true);
        assertEnds("the quorum cannot go on: its log is gone");
    }

    @Test
    void onlyWhatWasNotDoneIsTold() {
        events.unlessDone("stop", Result.DONE);
        assertEquals("", text.toString());
        events.unlessDone("stop", new Result.Failed<>(FULL));
        assertSaid("stop failed: no room");
    }
}
