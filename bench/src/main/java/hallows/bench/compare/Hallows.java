package hallows.bench.compare;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Ours, as `./hallows start` of a checkout becomes it.
///
/// @param title as tables show it
/// @param checkout where it is built
record Hallows(String title, Path checkout) implements Contestant {
    private static final Pattern READY =
            Pattern.compile("Hallows ready on (127\\.0\\.0\\.1):(\\d+) in \\d+ ms");

    @Override
    public Plan plan(Path data, Terms terms) {
        String durability = terms.isDurable() ? "fsync" : "page-cache";
        return new Plan(
                List.of(
                        checkout.resolve("hallows").toString(),
                        "start",
                        "--data",
                        data.toString(),
                        "--listen",
                        "127.0.0.1:0",
                        "--set",
                        "hallows.durability=" + durability,
                        "--set",
                        "log.segment.delete.delay.ms=" + DELETION_MILLIS),
                Map.of("JAVA_TOOL_OPTIONS", String.join(" ", terms.heap())),
                Hallows::ready);
    }

    private static Optional<InetSocketAddress> ready(String line) {
        Matcher said = READY.matcher(line);
        return said.matches()
                ? Optional.of(new InetSocketAddress(said.group(1), Integer.parseInt(said.group(2))))
                : Optional.empty();
    }
}
