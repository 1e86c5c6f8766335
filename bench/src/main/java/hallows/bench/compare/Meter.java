package hallows.bench.compare;

import com.sun.management.ThreadMXBean;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.management.JMException;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/// Reads what another JVM spends: from the host, from its beans, and from its collector's log.
public final class Meter implements AutoCloseable {
    private static final Path PROCESSES = Path.of("/proc");
    private static final double TICKS_PER_SECOND = 100;

    // The columns behind the name that tell of user's and system's time.
    private static final int USER = 11;
    private static final int SYSTEM = 12;

    private final Path process;
    private final Path pauses;
    private final JMXConnector connector;
    private final ThreadMXBean threads;
    private Reading begun;

    /// What is read at one time.
    private record Reading(double cpuSeconds, double switches, double bytes, int pauses) {}

    /// The beans are those of a program that this one has started.
    ///
    /// @param pauses where its collector's log goes, a line for each pause
    @SuppressWarnings("BanJNDI")
    Meter(long pid, Path pauses) {
        this.process = PROCESSES.resolve(Long.toString(pid));
        this.pauses = pauses;
        try {
            connector = JMXConnectorFactory.connect(beansOf(pid));
            MBeanServerConnection beans = connector.getMBeanServerConnection();
            logPauses(beans);
            threads =
                    ManagementFactory.newPlatformMXBeanProxy(
                            beans, ManagementFactory.THREAD_MXBEAN_NAME, ThreadMXBean.class);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        begun = read();
    }

    private static JMXServiceURL beansOf(long pid) throws IOException {
        try {
            VirtualMachine jvm = VirtualMachine.attach(Long.toString(pid));
            try {
                return new JMXServiceURL(jvm.startLocalManagementAgent());
            } finally {
                jvm.detach();
            }
        } catch (AttachNotSupportedException foreign) {
            throw new IOException(foreign);
        }
    }

    /// From now on it keeps a log of its pauses, whatever its command line says.
    private void logPauses(MBeanServerConnection beans) throws IOException {
        Files.createFile(pauses);
        try {
            beans.invoke(
                    new ObjectName("com.sun.management:type=DiagnosticCommand"),
                    "vmLog",
                    new Object[] {new String[] {"output=" + pauses, "what=gc=info"}},
                    new String[] {String[].class.getName()});
        } catch (JMException refused) {
            throw new IOException(refused);
        }
    }

    /// From here on is measured.
    void begin() {
        begun = read();
    }

    /// What was spent since.
    Cost end() {
        Reading now = read();
        List<Double> since = pauseMillis().subList(begun.pauses, now.pauses);
        return new Cost(
                now.cpuSeconds - begun.cpuSeconds,
                now.switches - begun.switches,
                now.bytes - begun.bytes,
                since.stream().mapToDouble(Double::doubleValue).sum(),
                since.stream().mapToDouble(Double::doubleValue).max().orElse(0));
    }

    private Reading read() {
        try {
            return new Reading(
                    cpuSeconds(process),
                    switches(),
                    threads.getTotalThreadAllocatedBytes(),
                    pauseMillis().size());
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    /// What a process has spent on processors since it began.
    public static double cpuSeconds(long pid) {
        try {
            return cpuSeconds(PROCESSES.resolve(Long.toString(pid)));
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    private static double cpuSeconds(Path process) throws IOException {
        String line = Files.readString(process.resolve("stat"));
        // A program's name may have spaces in it; it ends at the last bracket.
        String[] fields = line.substring(line.lastIndexOf(')') + 1).trim().split(" ", -1);
        return (Double.parseDouble(fields[USER]) + Double.parseDouble(fields[SYSTEM]))
                / TICKS_PER_SECOND;
    }

    /// Of the threads that still are.
    private double switches() throws IOException {
        try (Stream<Path> all = Files.list(process.resolve("task"))) {
            return all.mapToDouble(Meter::switchesOf).sum();
        }
    }

    private static double switchesOf(Path thread) {
        try (Stream<String> lines = Files.lines(thread.resolve("status"))) {
            return lines.filter(line -> line.contains("ctxt_switches:"))
                    .mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf(':') + 1)))
                    .sum();
        } catch (IOException | UncheckedIOException ended) {
            return 0;
        }
    }

    private List<Double> pauseMillis() {
        try (Stream<String> lines = Files.lines(pauses)) {
            return lines.filter(line -> line.contains("Pause") && line.endsWith("ms"))
                    .map(line -> line.substring(line.lastIndexOf(' ') + 1, line.length() - 2))
                    .map(Double::valueOf)
                    .toList();
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    @Override
    public void close() {
        try {
            connector.close();
        } catch (IOException gone) {
            // The broker has ended, and its beans with it.
            return;
        }
    }
}
