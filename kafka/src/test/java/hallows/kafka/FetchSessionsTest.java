package hallows.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hallows.broker.Fetch;
import hallows.broker.Fetched;
import hallows.kafka.FetchContext.Told;
import hallows.log.Isolation;
import hallows.model.PartitionId;
import hallows.runtime.Clock;
import hallows.simulation.SeededDice;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.protocol.Errors;
import org.junit.jupiter.api.Test;

/// Sessions, and a model of them that keeps for each partition what its client was told last.
class FetchSessionsTest {
    private static final int SLOTS = 3;
    private static final int REST_MILLIS = 1000;

    /// Of twelve partitions.
    private static final int BYTES_MAX = 12 * 206;

    private final Memory memory = new Memory(1 << 20);
    private final HandClock clock = new HandClock();
    private final FetchSessions sessions =
            new FetchSessions(
                    new FrontOptions.Sessions(SLOTS, BYTES_MAX, REST_MILLIS),
                    clock,
                    new SeededDice(1));

    /// Time that a test moves.
    private static final class HandClock implements Clock {
        long nanos;

        @Override
        public long nanos() {
            return nanos;
        }

        @Override
        public long wallMillis() {
            return 0;
        }
    }

    private void pass(long millis) {
        clock.nanos += TimeUnit.MILLISECONDS.toNanos(millis);
    }

    private static PartitionRef key(int partition) {
        return new PartitionRef(new TopicRef("apples", TopicRef.NO_ID), partition);
    }

    private static FetchCall call(int id, int epoch, Set<Integer> asked, Set<Integer> forgotten) {
        Map<PartitionRef, Fetch.Position.Place> places = new LinkedHashMap<>();
        asked.forEach(one -> places.put(key(one), new Fetch.Position.Place(one, 1, -1, -1)));
        return new FetchCall(
                new Fetch.Limits(1, 1, 1, Isolation.UNCOMMITTED),
                new FetchCall.SessionRef(id, epoch),
                -1,
                places,
                forgotten.stream().map(FetchSessionsTest::key).toList());
    }

    private FetchAnswer answer(PartitionRef key, long highWatermark, boolean records) {
        Fetched.Marks marks = new Fetched.Marks(highWatermark, highWatermark, 0);
        Fetched what =
                records
                        ? new Fetched.Batches(memory.holding(new byte[8]), 8, List.of(), marks)
                        : new Fetched.Nothing(marks);
        PartitionId id = new PartitionId(TopicRef.NO_ID, key.partition());
        return FetchAnswer.read(key, id, what, Isolation.UNCOMMITTED);
    }

    private List<FetchAnswer> quiet(FetchContext context) {
        return context.places().keySet().stream().map(key -> answer(key, 0, false)).toList();
    }

    private int open(int partitions) {
        Set<Integer> asked = new LinkedHashSet<>();
        for (int i = 0; i < partitions; i++) {
            asked.add(i);
        }
        FetchContext context = sessions.context(call(0, 0, asked, Set.of()), false);
        return context.tell(quiet(context)).session();
    }

    @Test
    void aSessionIsWhatTheModelSays() {
        Random random = new Random(1);
        for (int round = 0; round < 50; round++) {
            play(random);
        }
        assertEquals(0, memory.buffers().liveRegions(), "what is not told is released");
    }

    private void play(Random random) {
        Map<Integer, Long> told = new TreeMap<>();
        Set<Integer> first = some(random);
        first.add(0);
        FetchContext opening = sessions.context(call(0, 0, first, Set.of()), false);
        int id = opening.tell(quiet(opening)).session();
        first.forEach(one -> told.put(one, 0L));
        for (int epoch = 1; epoch < 20; epoch++) {
            Set<Integer> asked = some(random);
            Set<Integer> forgotten = some(random);
            FetchContext context = sessions.context(call(id, epoch, asked, forgotten), false);
            asked.forEach(one -> told.putIfAbsent(one, -1L));
            told.keySet().removeAll(forgotten);
            if (told.isEmpty()) {
                assertEquals(0, context.tell(quiet(context)).session(), "nothing is left of it");
                return;
            }
            step(random, context, told);
        }
        sessions.context(call(id, -1, Set.of(), Set.of()), false);
        assertEquals(0, sessions.size());
    }

    private void step(Random random, FetchContext context, Map<Integer, Long> told) {
        List<FetchAnswer> answers = new ArrayList<>();
        Set<Integer> expected = new LinkedHashSet<>();
        Set<Integer> order = new LinkedHashSet<>();
        for (PartitionRef key : context.places().keySet()) {
            int partition = key.partition();
            order.add(partition);
            long mark = random.nextInt(3);
            boolean records = random.nextInt(4) == 0;
            answers.add(answer(key, mark, records));
            if (records || told.getOrDefault(partition, -1L) != mark) {
                expected.add(partition);
            }
            told.put(partition, mark);
        }
        assertEquals(told.keySet(), Set.copyOf(order), "all that is left is asked for");
        Told now = context.tell(answers);
        assertEquals(
                List.copyOf(expected),
                now.answers().stream().map(one -> one.key().partition()).toList());
        now.answers().forEach(FetchAnswer::release);
    }

    private static Set<Integer> some(Random random) {
        Set<Integer> some = new LinkedHashSet<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            some.add(random.nextInt(6));
        }
        return some;
    }

    @Test
    void whoBroughtRecordsComesLastNextTime() {
        FetchContext first =
                sessions.context(call(0, 0, new LinkedHashSet<>(List.of(1, 2, 3)), Set.of()), true);
        int id = first.tell(quiet(first)).session();
        FetchContext second = sessions.context(call(id, 1, Set.of(), Set.of()), true);
        List<FetchAnswer> answers = new ArrayList<>(quiet(second));
        answers.set(0, answer(key(1), 5, true));
        second.tell(answers).answers().forEach(FetchAnswer::release);
        FetchContext third = sessions.context(call(id, 2, Set.of(), Set.of()), true);
        assertEquals(List.of(key(2), key(3), key(1)), List.copyOf(third.places().keySet()));
    }

    @Test
    void anErrorIsToldEachTimeAndSoIsItsEnd() {
        int id = open(1);
        for (int epoch = 1; epoch < 4; epoch++) {
            FetchContext context = sessions.context(call(id, epoch, Set.of(), Set.of()), false);
            Told told =
                    epoch < 3
                            ? context.tell(
                                    List.of(
                                            FetchAnswer.unread(
                                                    key(0), Errors.UNKNOWN_TOPIC_OR_PARTITION)))
                            : context.tell(quiet(context));
            assertEquals(1, told.answers().size());
        }
    }

    @Test
    void namesAndIdsDoNotMix() {
        int id = open(1);
        FetchContext context = sessions.context(call(id, 1, Set.of(), Set.of()), true);
        assertEquals(Errors.FETCH_SESSION_TOPIC_ID_ERROR, context.tell(List.of()).error());
    }

    @Test
    void whoAsksAgainMeanwhileSpoilsTheFirst() {
        int id = open(1);
        FetchContext one = sessions.context(call(id, 1, Set.of(), Set.of()), false);
        FetchContext other = sessions.context(call(id, 2, Set.of(), Set.of()), false);
        FetchAnswer records = answer(key(0), 7, true);
        Told told = one.tell(List.of(records));
        assertEquals(Errors.INVALID_FETCH_SESSION_EPOCH, told.error());
        assertEquals(id, told.session());
        assertEquals(0, memory.buffers().liveRegions());
        assertEquals(Errors.NONE, other.tell(quiet(other)).error());
    }

    @Test
    void slotsAreForThoseWhoNeedThemMost() {
        int small = open(1);
        int large = open(5);
        int middle = open(3);
        assertEquals(0, open(9), "all are new");
        pass(REST_MILLIS + 1);
        for (int id : new int[] {small, large, middle}) {
            sessions.context(call(id, 1, Set.of(), Set.of()), false);
        }
        assertEquals(0, open(1), "none is smaller");
        int next = open(2);
        assertNotEquals(0, next);
        assertGone(small, 2);
        pass(REST_MILLIS / 2);
        sessions.context(call(large, 2, Set.of(), Set.of()), false);
        sessions.context(call(next, 1, Set.of(), Set.of()), false);
        pass(REST_MILLIS / 2 + 1);
        assertNotEquals(0, open(1), "one was not used for long");
        assertGone(middle, 2);
        assertEquals(SLOTS, sessions.size());
    }

    @Test
    void noSessionIsLargerThanTheHeapAllows() {
        assertEquals(0, open(13), "its client does without");
        assertEquals(0, sessions.size());
        int first = open(7);
        assertEquals(0, open(7), "the first is new");
        int other = open(5);
        pass(REST_MILLIS + 1);
        sessions.context(call(other, 1, Set.of(), Set.of()), false);
        assertNotEquals(0, open(7), "the first was not used for long");
        assertGone(first, 1);
        assertEquals(2, sessions.size());
    }

    @Test
    void aSessionThatGrowsTooLargeEnds() {
        int growing = open(7);
        int other = open(5);
        FetchContext more = sessions.context(call(growing, 1, Set.of(7), Set.of()), false);
        assertEquals(Errors.FETCH_SESSION_ID_NOT_FOUND, more.tell(List.of()).error());
        assertEquals(1, sessions.size());
        Set<Integer> forgotten = Set.of(0, 1, 2);
        sessions.context(call(other, 1, Set.of(), forgotten), false);
        assertNotEquals(0, open(10), "what is forgotten takes nothing");
        sessions.context(call(other, -1, Set.of(), Set.of()), false);
        assertEquals(1, sessions.size());
    }

    private void assertGone(int id, int epoch) {
        FetchContext context = sessions.context(call(id, epoch, Set.of(), Set.of()), false);
        assertTrue(context.places().isEmpty());
        assertEquals(Errors.FETCH_SESSION_ID_NOT_FOUND, context.tell(List.of()).error());
    }
}
