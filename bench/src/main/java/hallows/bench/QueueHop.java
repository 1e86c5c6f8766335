package hallows.bench;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;

/// Two threads and a bounded queue of the JDK, with a second one for the answers.
final class QueueHop implements Hop {
    private final ExecutorService sender = Executors.newSingleThreadExecutor(Processor.threads(0));
    private final ExecutorService receiver =
            Executors.newSingleThreadExecutor(Processor.threads(1));
    private final BlockingQueue<Quad> requests = new LinkedBlockingQueue<>(CAPACITY);
    private final BlockingQueue<Quad> answers = new LinkedBlockingQueue<>(CAPACITY);
    private final Sink sink = new Sink();

    @Override
    public void oneWay(int messages) throws InterruptedException {
        repeat(receiver, messages, _ -> read());
        repeat(sender, messages, number -> requests.put(Quad.numbered(number)));
        sink.await(messages);
    }

    private void read() throws InterruptedException {
        Quad quad = requests.take();
        sink.take(quad.first(), quad.sum());
    }

    @Override
    public void roundTrips(int rounds) throws InterruptedException {
        repeat(receiver, rounds, _ -> answer());
        repeat(sender, rounds, this::ask);
        sink.await(rounds);
    }

    private void answer() throws InterruptedException {
        Quad quad = requests.take();
        answers.put(new Quad(quad.first(), quad.sum(), 0, 0));
    }

    private void ask(long number) throws InterruptedException {
        requests.put(Quad.numbered(number));
        Quad answer = answers.take();
        sink.take(answer.first(), answer.second());
    }

    @Override
    public void close() {
        sender.shutdownNow();
        receiver.shutdownNow();
    }

    private static void repeat(ExecutorService thread, int times, Step step) {
        thread.execute(() -> {
            try {
                for (long number = times - 1L; number >= 0; number--) {
                    step.run(number);
                }
            } catch (InterruptedException closed) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /// What is done with one message; it may wait.
    private interface Step {
        void run(long number) throws InterruptedException;
    }
}
