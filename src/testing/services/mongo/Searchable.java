import de.bwaldvogel.mongo.bson.Document;
import java.util.Collection;

/** An index that can narrow a search. */
interface Searchable {
  /** How many fields of the query this index narrows; zero when it cannot serve it. */
  int usefulness(Document query);

  /** Where documents may match; never misses one that does. */
  Collection<Object> candidates(Document query);
}
