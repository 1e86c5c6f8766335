package hallows.broker;

import static org.junit.jupiter.api.Assertions.assertTrue;

import hallows.simulation.Mutant;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The broker's simulation is worth what it finds: each bug here is planted into the code that
/// ships, is found by the check that is there for it, and its seed finds it again.
final class BrokerPlantedBugsTest {
    private static final int SEEDS = 300;
    private static final ClassDesc LEADER = ClassDesc.of("hallows.broker.Leader");
    private static final ClassDesc WAITS = ClassDesc.of("hallows.broker.AckWaits");
    private static final ClassDesc ENDS = ClassDesc.of("hallows.log.Ends");
    private static final ClassDesc RESULT = ClassDesc.of("hallows.runtime.Result");

    /// What an acknowledged or seen record is that is gone.
    private static final String LOST =
            "has become|is there twice|taken back|comes after|a gap|is at At";

    /// What somebody is who is never told.
    private static final String STUCK =
            "has not come within|nothing can happen|nobody wakes|not answered in its time|StopTimedOut";

    static Stream<Named<Mutant.Bug>> bugs() {
        return Stream.of(
                Named.of(
                        "acks of all when it is written",
                        bug("broker.Leader", "await", countsWhenWritten(), LOST)),
                Named.of(
                        "readers beyond the high watermark",
                        bug("broker.Reads", "fetch|fetchAway|marks|visible", readsWritten(), LOST)),
                Named.of(
                        "a fetch that nobody wakes",
                        bug("broker.FetchRun", "grew", skips("wakeIfWorthIt"), STUCK)),
                Named.of(
                        "a parked request that is dropped",
                        bug("broker.Partition", "admit", skips("run"), STUCK)),
                Named.of(
                        "a deadline that is forgotten",
                        bug("broker.FetchRun", "hurry", skips("wokenUp"), STUCK)),
                Named.of(
                        "a directory whose name may go",
                        bug("log.PartitionDirectory", "lambda.begin.*", doesNotSync(), LOST)));
    }

    @ParameterizedTest
    @MethodSource("bugs")
    void aPlantedBugIsFoundAndItsSeedReplaysIt(Mutant.Bug bug) {
        Optional<String> found = Mutant.hunt(bug, MutantTrial.class, SEEDS);
        assertTrue(found.isPresent(), "not found in " + SEEDS + " seeds");
        System.out.println(found.get());
    }

    private static Mutant.Bug bug(
            String victim, String method, CodeTransform change, String complaint) {
        return new Mutant.Bug("hallows." + victim, method, change, complaint);
    }

    private static CodeTransform countsWhenWritten() {
        return (code, element) -> {
            if (element instanceof FieldInstruction field && field.name().equalsString("agreed")) {
                code.getfield(LEADER, "written", WAITS);
            } else {
                code.with(element);
            }
        };
    }

    private static CodeTransform readsWritten() {
        return (code, element) -> {
            if (element instanceof InvokeInstruction call
                    && call.name().equalsString("highWatermark")
                    && call.owner().asSymbol().equals(ENDS)) {
                code.invokevirtual(ENDS, "written", MethodTypeDesc.ofDescriptor("()J"));
            } else {
                code.with(element);
            }
        };
    }

    /// A call of nobody with nothing is left out.
    private static CodeTransform skips(String method) {
        return (code, element) -> {
            if (calls(element, method)) {
                code.pop();
            } else {
                code.with(element);
            }
        };
    }

    private static CodeTransform doesNotSync() {
        return (code, element) -> {
            if (calls(element, "syncDirectory")) {
                code.pop2().getstatic(RESULT, "DONE", RESULT);
            } else {
                code.with(element);
            }
        };
    }

    private static boolean calls(CodeElement element, String method) {
        return element instanceof InvokeInstruction call && call.name().equalsString(method);
    }
}
