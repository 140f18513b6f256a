"""What a score is: normalise, views, TF-IDF, logistic regression, calibration."""
