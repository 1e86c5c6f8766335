package hallows.bench;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/// What does a hop between two threads on two cores cost?
///
/// The sender is held to processor 0, the receiver to processor 1: left to itself the host now and
/// then puts both on one, and then nothing hops and every figure is another.
///
/// On a machine with two cores the two threads are all there is, so the thread of the harness must
/// not take part. One invocation is a whole run: it starts the sender and sleeps until the receiver
/// has read the last message. The time of the harness begins before the first message and ends
/// after the last, so every message counted was sent and read within it; what it costs to start a
/// run and to wake the sleeper, some ten microseconds, is spread over all messages.
@State(Scope.Benchmark)
public class HopBench {
    static final int MESSAGES = 1 << 20;
    static final int REQUESTS = 1 << 13;

    /// Who is measured.
    @Param public Via via = Via.HALLOWS;

    @SuppressWarnings("NullAway.Init") // the harness opens it before it measures
    private Hop hop;

    /// Starts the two threads. What lives long is made old at once, as it is in a server: young
    /// objects cost the garbage collector's barriers less.
    @Setup
    public void open() throws InterruptedException {
        hop = via.open();
        hop.oneWay(MESSAGES);
        System.gc();
    }

    /// Messages a second.
    @Benchmark
    @BenchmarkMode(Mode.Throughput)
    @OutputTimeUnit(TimeUnit.SECONDS)
    @OperationsPerInvocation(MESSAGES)
    public void oneWay() throws InterruptedException {
        hop.oneWay(MESSAGES);
    }

    /// Nanoseconds from a request to its answer.
    @Benchmark
    @BenchmarkMode(Mode.AverageTime)
    @OutputTimeUnit(TimeUnit.NANOSECONDS)
    @OperationsPerInvocation(REQUESTS)
    public void roundTrip() throws InterruptedException {
        hop.roundTrips(REQUESTS);
    }

    /// Ends them.
    @TearDown
    public void close() {
        hop.close();
    }
}
