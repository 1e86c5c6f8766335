package hallows.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import hallows.cluster.DirectoryId;
import hallows.cluster.PartitionImage;
import hallows.model.PartitionId;
import hallows.model.TopicId;
import hallows.runtime.Fault;
import hallows.runtime.Result;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class ProducerNumbersTest {
    private final Asked asked = new Asked();
    private final List<Result<Long>> given = new ArrayList<>();

    @Test
    void aBlockIsUsedUpBeforeTheNextOneIsAskedFor() {
        OneShard.run(seat -> {
            ProducerNumbers numbers = new ProducerNumbers(seat, asked);
            numbers.next(given::add);
            asked.answer(new Result.Ok<>(new Petitions.ProducerIds(1_000, 2)));
            numbers.next(given::add);
            assertEquals(0, asked.waiting.size());
            numbers.next(given::add);
            asked.answer(new Result.Ok<>(new Petitions.ProducerIds(7_000, 2)));
            assertEquals(List.of(ok(1_000), ok(1_001), ok(7_000)), given);
        });
    }

    @Test
    void whoeverWaitsIsServedInOrderByAsManyBlocksAsItTakes() {
        OneShard.run(seat -> {
            ProducerNumbers numbers = new ProducerNumbers(seat, asked);
            for (int i = 0; i < 3; i++) {
                numbers.next(given::add);
            }
            assertEquals(1, asked.waiting.size());
            asked.answer(new Result.Ok<>(new Petitions.ProducerIds(10, 2)));
            asked.answer(new Result.Ok<>(new Petitions.ProducerIds(20, 2)));
            assertEquals(List.of(ok(10), ok(11), ok(20)), given);
        });
    }

    @Test
    void aFailureIsForAllWhoWaitAndTheNextOneAsksAgain() {
        OneShard.run(seat -> {
            ProducerNumbers numbers = new ProducerNumbers(seat, asked);
            numbers.next(given::add);
            numbers.next(given::add);
            asked.answer(Result.failed(Fault.Kind.UNREACHABLE, "nobody is there"));
            assertEquals(2, given.size());
            given.forEach(each -> assertInstanceOf(Result.Failed.class, each));
            numbers.next(given::add);
            asked.answer(new Result.Ok<>(new Petitions.ProducerIds(5, 1)));
            assertEquals(ok(5), given.getLast());
        });
    }

    @Test
    void aControllerThatSaysNothingIsAskedAgainAndMayAnswerLate() {
        OneShard.run(seat -> {
            ProducerNumbers numbers = new ProducerNumbers(seat, asked);
            numbers.next(given::add);
            seat.alarm(
                            () -> {
                                assertInstanceOf(Result.Failed.class, given.getFirst());
                                numbers.next(given::add);
                                assertEquals(2, asked.waiting.size());
                                asked.answer(new Result.Ok<>(new Petitions.ProducerIds(5, 2)));
                                asked.answer(new Result.Ok<>(new Petitions.ProducerIds(80, 1)));
                                numbers.next(given::add);
                            })
                    .setAfterMillis(8_000);
        });
        assertEquals(List.of(ok(5), ok(6)), given.subList(1, given.size()));
    }

    private static Result<Long> ok(long number) {
        return new Result.Ok<>(number);
    }

    /// A controller that answers when the test says so.
    private static final class Asked implements Petitions {
        private final ArrayDeque<Consumer<Result<ProducerIds>>> waiting = new ArrayDeque<>();

        void answer(Result<ProducerIds> what) {
            waiting.removeFirst().accept(what);
        }

        @Override
        public void producerIds(Consumer<Result<ProducerIds>> then) {
            waiting.addLast(then);
        }

        @Override
        public void recovered(
                PartitionId partition, PartitionImage image, Consumer<Result<Result.Done>> then) {
            throw new AssertionError("nobody asked for that");
        }

        @Override
        public void keptIn(DirectoryId directory, TopicId topic, int partition) {
            throw new AssertionError("nobody asked for that");
        }
    }
}
