"""The works that robustness tests rest on."""

from __future__ import annotations

PROTOCOL = (
    "Oana & Schneider (2024), A Robustness Test Protocol for Applied QCA, Sociological Methods & Research 53(1),"
    " 57-88. https://doi.org/10.1177/00491241211036158"
)
BOOK = (
    "Oana, Schneider & Thomann (2021), Qualitative Comparative Analysis Using R. Cambridge University Press."
    " https://doi.org/10.1017/9781009006781"
)
SKAANING = (
    "Skaaning (2011), Assessing the Robustness of Crisp-set and Fuzzy-set QCA Results, Sociological Methods &"
    " Research 40(2), 391-408. https://doi.org/10.1177/0049124111404818"
)
KROGSLUND = (
    "Krogslund, Choi & Poertner (2015), Fuzzy Sets on Shaky Ground, Political Analysis 23(1), 21-41."
    " https://doi.org/10.1093/pan/mpu016"
)
WILSON = (
    "Wilson (1927), Probable Inference, the Law of Succession, and Statistical Inference, Journal of the American"
    " Statistical Association 22(158), 209-212. https://doi.org/10.1080/01621459.1927.10502953"
)
BRAUMOELLER = (
    "Braumoeller (2015), Guarding Against False Positives in Qualitative Comparative Analysis, Political Analysis"
    " 23(4), 471-487. https://www.cambridge.org/core/journals/political-analysis/article/"
    "guarding-against-false-positives-in-qualitative-comparative-analysis/CEF39CB1727F34ADFF59D7C4D06FCA5F"
)
MARX = (
    "Marx (2010), Crisp-set Qualitative Comparative Analysis (csQCA) and Model Specification, International Journal"
    " of Multiple Research Approaches 4(2), 138-158. https://doi.org/10.5172/mra.2010.4.2.138"
)
GIBSON = (
    "Gibson & Vann (2016), The Bootstrapped Robustness Assessment for Qualitative Comparative Analysis."
    " https://arxiv.org/abs/1606.05000"
)
