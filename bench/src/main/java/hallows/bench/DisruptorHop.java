package hallows.bench;

import com.lmax.disruptor.BusySpinWaitStrategy;
import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.dsl.Disruptor;
import com.lmax.disruptor.dsl.ProducerType;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/// The LMAX Disruptor at its best: one producer, a consumer that spins and never sleeps, messages
/// written in place. Answers come back through a second one, which only runs when it is needed: its
/// consumer spins too.
final class DisruptorHop implements Hop {
    private final ExecutorService sender = Executors.newSingleThreadExecutor(Processor.threads(0));
    private final Sink sink = new Sink();
    private final Disruptor<Cell> there = disruptor(1);
    private final RingBuffer<Cell> requests;
    private @Nullable Disruptor<Cell> back;
    private @Nullable RingBuffer<Cell> answers;

    DisruptorHop() {
        there.handleEventsWith((cell, sequence, endOfBatch) -> arrived(cell));
        requests = there.start();
    }

    private static Disruptor<Cell> disruptor(int processor) {
        return new Disruptor<>(
                Cell::new,
                CAPACITY,
                Processor.threads(processor),
                ProducerType.SINGLE,
                new BusySpinWaitStrategy());
    }

    @Override
    public void oneWay(int messages) throws InterruptedException {
        sender.execute(() -> {
            for (long number = messages - 1L; number >= 0; number--) {
                send(number);
            }
        });
        sink.await(messages);
    }

    private void send(long number) {
        long sequence = requests.next();
        requests.get(sequence).number(number);
        requests.publish(sequence);
    }

    private void arrived(Cell cell) {
        RingBuffer<Cell> ring = answers;
        if (ring == null) {
            sink.take(cell.first, cell.sum());
            return;
        }
        long sequence = ring.next();
        Cell answer = ring.get(sequence);
        answer.first = cell.first;
        answer.second = cell.sum();
        ring.publish(sequence);
    }

    @Override
    public void roundTrips(int rounds) throws InterruptedException {
        if (back == null) {
            Disruptor<Cell> fresh = disruptor(0);
            fresh.handleEventsWith((cell, sequence, endOfBatch) -> answered(cell));
            answers = fresh.start();
            back = fresh;
        }
        // From here on only the answering thread sends, one at a time.
        send(rounds - 1L);
        sink.await(rounds);
    }

    private void answered(Cell cell) {
        long number = cell.first;
        sink.take(number, cell.second);
        if (number > 0) {
            send(number - 1);
        }
    }

    @Override
    public void close() {
        sender.shutdownNow();
        there.halt();
        if (back != null) {
            back.halt();
        }
    }

    /// A place in the ring.
    private static final class Cell {
        private long first;
        private long second;
        private long third;
        private long fourth;

        void number(long number) {
            first = number;
            second = number + 1;
            third = number + 2;
            fourth = number + 3;
        }

        long sum() {
            return first + second + third + fourth;
        }
    }
}
